#include "evidence/bundle.h"

#include <algorithm>
#include <map>
#include <sodium/crypto_aead_xchacha20poly1305.h>
#include <sodium/randombytes.h>

#include "audit/log_writer.h"
#include "audit/receipt.h"
#include "audit/tiles.h"
#include "base/encoding.h"
#include "eval/surroundings.h"
#include "evidence/documents.h"
#include "evidence/entries.h"
#include "evidence/recorder.h"
#include "evidence/witnessed.h"
#include "report/report.h"

namespace assay::evidence {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kKey = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;

unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// A log as it goes into a bundle: its checkpoint, and its entries one after the other.
Status add_log(Files& files, audit::LogReader& log, const char* checkpoint, const char* entries) {
  files[checkpoint] = log.signed_checkpoint().bytes;
  std::string& all = files[entries];
  return log.for_each(0, log.size(), [&](std::uint64_t, std::string_view entry) {
    audit::append_entry(all, entry);
    return true;
  });
}

/// nonce || XChaCha20-Poly1305 of the lines, with the file's name as associated data.
std::string sealed(std::string_view key, const std::string& name, std::string_view lines) {
  std::string out(kNonce + lines.size() + kTag, '\0');
  randombytes_buf(out.data(), kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out) + kNonce, nullptr, raw(lines), lines.size(),
                                             raw(name), name.size(), nullptr, raw(out), raw(key));
  return out;
}

class Builder {
 public:
  Builder(store::Store& store, const eval::Registry& registry, const Folder& folder,
          const audit::SigningKey& key, const BundleOptions& options)
      : store_(store), registry_(registry), folder_(folder), key_(key), options_(options) {}

  Result<BundleMade> make(const std::string& run, const std::filesystem::path& out) {
    ASSAY_TRY(row_, store_.find_run(run));
    if (row_.finished.empty()) {
      return fail(ErrorKind::usage, "this run is not finished", row_.id,
                  "Go on with it by --resume; a bundle shows a whole run");
    }
    ASSAY_CHECK(complete());
    ASSAY_CHECK(note_bundle());
    ASSAY_CHECK(add_logs());
    ASSAY_CHECK(add_report());
    ASSAY_CHECK(add_records());
    ASSAY_CHECK(add_seals());
    ASSAY_CHECK(add_manifest());
    ASSAY_CHECK(write_zip(out, files_));
    std::error_code problem;
    made_.bytes = std::filesystem::file_size(out, problem);
    return made_;
  }

 private:
  /// What is in the store and not in the log; a report that this version writes otherwise.
  Status complete() {
    std::error_code problem;
    if (!std::filesystem::exists(folder_.run_log(row_.id), problem)) {
      return fail(ErrorKind::usage, "there is no evidence of this run", folder_.root.string(),
                  "It was measured with --evidence none, or its folder is another; name it by "
                  "--evidence");
    }
    ASSAY_TRY(outcome_, eval::load_outcome(store_, row_.id));
    ASSAY_TRY(const auto recorder, Recorder::open(folder_, key_, ""));
    ASSAY_TRY(const auto additions, recorder->additions(store_, row_.id));
    // What is sealed is not shown in the report either.
    for (eval::TaskOutcome& task : outcome_.tasks) {
      if (seals(task.task)) task.examples.clear();
    }
    report_ = report::build(outcome_, registry_, additions);
    return recorder->end(store_, outcome_, report_);
  }

  Status add_logs() {
    const audit::Verifier by = key_.verifier();
    const audit::Verifier run_by = key_.named(run_origin(key_.name(), row_.id)).verifier();
    ASSAY_TRY(audit::LogReader log, audit::LogReader::open(audit::open_disk(folder_.log()), {by}));
    ASSAY_TRY(audit::LogReader run_log,
              audit::LogReader::open(audit::open_disk(folder_.run_log(row_.id)), {run_by}));
    ASSAY_CHECK(log.verify());
    ASSAY_CHECK(run_log.verify());
    ASSAY_CHECK(add_log(files_, log, kLogCheckpoint, kLogEntries));
    ASSAY_TRY(auto cosigned, cosigned_notes(folder_));
    for (auto& [name, note] : cosigned) files_[kWitnessedFolder + name] = std::move(note);
    ASSAY_CHECK(add_log(files_, run_log, kRunCheckpoint, kRunEntries));
    files_[kKeysFile] = audit::to_vkey(by) + "\n" + audit::to_vkey(run_by) + "\n";
    std::uint64_t last = 0;
    ASSAY_CHECK(log.for_each(0, log.size(), [&](std::uint64_t index, std::string_view bytes) {
      const auto entry = parse_entry(bytes, index);
      if (entry && entry->type == "state" && entry->json.value("run", "") == row_.id) last = index;
      return true;
    }));
    ASSAY_TRY(files_[kReceiptFile], log.receipt(last));
    return run_log.for_each(0, run_log.size(), [&](std::uint64_t index, std::string_view bytes) {
      const auto entry = parse_entry(bytes, index);
      if (entry && entry->type == "outcome") {
        order_.push_back(entry->json.value("task", "") + "/" + entry->json.value("lang", ""));
      }
      return true;
    });
  }

  Status add_report() {
    files_[kRunFile] = dump_json(run_json(row_)) + "\n";
    files_[kReportFile] = report::document(report_);
    files_["report.md"] = report::markdown(report_, Lang::en);
    files_["report.zh.md"] = report::markdown(report_, Lang::zh);
    ASSAY_TRY(files_["report.html"], report::html(report_));
    ASSAY_TRY(Files documents, standard_documents(report_, files_, key_));
    files_.merge(documents);
    // In the order in which they were made: later ones may use earlier ones.
    std::stable_sort(outcome_.tasks.begin(), outcome_.tasks.end(),
                     [&](const eval::TaskOutcome& a, const eval::TaskOutcome& b) {
                       return place(a) < place(b);
                     });
    std::string& lines = files_[kOutcomesFile];
    for (const eval::TaskOutcome& task : outcome_.tasks) {
      lines += dump_json(outcome_json(task)) + "\n";
    }
    return {};
  }

  std::size_t place(const eval::TaskOutcome& task) const {
    const std::string name = task.task + "/" + to_string(task.lang);
    return static_cast<std::size_t>(std::find(order_.begin(), order_.end(), name) - order_.begin());
  }

  bool seals(const std::string& task) const {
    if (options_.seal_to.empty()) return false;
    if (!options_.seal_tasks.empty()) {
      return std::find(options_.seal_tasks.begin(), options_.seal_tasks.end(), task) !=
             options_.seal_tasks.end();
    }
    const auto found = registry_.find(task);
    return !found || (*found)->info().sensitive;
  }

  Status add_records() {
    ASSAY_TRY(const std::string salt, run_salt(folder_, row_.id, false));
    std::map<std::pair<std::string, std::string>, std::string> by_unit;
    ASSAY_CHECK(store_.for_each_record(row_.id, {}, [&](store::SampleRecord&& record) {
      const SampleName name{record.task, record.lang, record.scored.sample, record.scored.epoch};
      const Json line{{"sample", name.sample},
                      {"epoch", name.epoch},
                      {"salt", hex(salt_of(salt, name))},
                      {"record", dump_json(record.record)}};
      by_unit[{record.task, record.lang}] += dump_json(line) + "\n";
      ++made_.samples;
      if (seals(record.task)) ++made_.sealed;
      return true;
    }));
    for (auto& [unit, lines] : by_unit) {
      const std::string name = records_file(unit.first, unit.second);
      (seals(unit.first) ? to_seal_[name + kSealedSuffix] : files_[name]) = std::move(lines);
    }
    return {};
  }

  Status add_seals() {
    if (options_.seal_to.empty()) return {};
    std::string key(kKey, '\0');
    randombytes_buf(key.data(), key.size());
    Json readers = Json::array();
    for (const audit::Verifier& reader : options_.seal_to) {
      ASSAY_TRY(const std::string box, audit::seal_to(reader, key));
      readers.push_back(Json{{"key", audit::to_vkey(reader)}, {"box", base64(box)}});
    }
    for (const auto& [name, lines] : to_seal_) files_[name] = sealed(key, name, lines);
    files_[kSealsFile] =
        dump_json(Json{{"cipher", "xchacha20poly1305-ietf"}, {"readers", std::move(readers)}}) +
        "\n";
    return {};
  }

  Status add_manifest() {
    Json list = Json::array();
    for (const auto& [name, bytes] : files_) {
      list.push_back(Json{{"name", name}, {"bytes", bytes.size()}, {"digest", digest_of(bytes)}});
    }
    const Json manifest{{"schema", kBundleSchema},
                        {"run", row_.id},
                        {"origin", key_.name()},
                        {"versions", report_.value("versions", Json::object())},
                        {"files", std::move(list)}};
    const std::string text = dump_json(manifest, 1) + "\n";
    made_.manifest = digest_of(text);
    audit::Note note;
    note.text = manifest_text(row_.id, made_.manifest);
    note.signatures.push_back({key_.name(), key_.verifier().id(), key_.sign(note.text)});
    files_[kManifest] = text;
    files_[kManifestNote] = audit::to_text(note);
    return {};
  }

  /// So that bundles of other runs show that this one was reported. Once: to bundle again changes
  /// nothing.
  Status note_bundle() {
    ASSAY_TRY(audit::LogReader log,
              audit::LogReader::open(audit::open_disk(folder_.log()), {key_.verifier()}));
    bool noted = false;
    ASSAY_CHECK(log.for_each(0, log.size(), [&](std::uint64_t index, std::string_view bytes) {
      const auto entry = parse_entry(bytes, index);
      noted = entry && entry->type == "bundle" && entry->json.value("run", "") == row_.id;
      return !noted;
    }));
    if (noted) return {};
    ASSAY_TRY(audit::LogWriter writer, audit::LogWriter::open(folder_.log(), key_, 30.0));
    ASSAY_CHECK(writer.append(dump_json(bundle_entry(row_.id, eval::utc_now()))));
    return writer.commit();
  }

  store::Store& store_;
  const eval::Registry& registry_;
  const Folder& folder_;
  const audit::SigningKey& key_;
  const BundleOptions& options_;
  store::RunRow row_;
  eval::RunOutcome outcome_;
  Json report_;
  std::vector<std::string> order_;  ///< of outcomes, "task/lang"
  Files files_, to_seal_;
  BundleMade made_;
};

}  // namespace

std::string records_file(const std::string& task, const std::string& lang) {
  return "records/" + task + "." + lang + ".jsonl";
}

std::string manifest_text(const std::string& run, const std::string& manifest) {
  return std::string(kBundleSchema) + "\n" + run + "\n" + manifest + "\n";
}

Result<BundleMade> make_bundle(store::Store& store, const eval::Registry& registry,
                               const Folder& folder, const audit::SigningKey& key,
                               const std::string& run, const std::filesystem::path& out,
                               const BundleOptions& options) {
  return Builder(store, registry, folder, key, options).make(run, out);
}

Result<std::string> open_sealed(const Files& bundle, const std::string& name,
                                const audit::SigningKey& reader) {
  const auto malformed = [&](const char* what) { return fail(ErrorKind::format, what, name); };
  const auto seals = bundle.find(kSealsFile);
  const auto file = bundle.find(name);
  if (seals == bundle.end() || file == bundle.end()) return malformed("nothing is sealed here");
  ASSAY_TRY(const Json json, parse_json(seals->second, kSealsFile));
  const auto readers = json.is_object() ? json.find("readers") : json.end();
  if (!json.is_object() || readers == json.end() || !readers->is_array()) {
    return malformed("the list of readers is malformed");
  }
  const std::string own = audit::to_vkey(reader.verifier());
  for (const Json& each : *readers) {
    if (!each.is_object() || each.value("key", Json()) != Json(own)) continue;
    const Json box = each.value("box", Json());
    const auto bytes = box.is_string() ? from_base64(box.get<std::string>()) : std::nullopt;
    if (!bytes) return malformed("a sealed key is malformed");
    ASSAY_TRY(const std::string key, reader.open_sealed(*bytes));
    const std::string_view whole = file->second;
    if (key.size() != kKey || whole.size() < kNonce + kTag) return malformed("it is cut off");
    std::string out(whole.size() - kNonce - kTag, '\0');
    const std::string_view cipher = whole.substr(kNonce);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(raw(out), nullptr, nullptr, raw(cipher),
                                                   cipher.size(), raw(name), name.size(),
                                                   raw(whole), raw(key)) != 0) {
      return malformed("it is damaged");
    }
    return out;
  }
  return fail(ErrorKind::not_found, "this is not sealed to the key " + reader.name(), name);
}

}  // namespace assay::evidence
