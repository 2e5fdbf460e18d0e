#include "evidence/verify_logs.h"

#include <algorithm>
#include <set>

#include "audit/receipt.h"
#include "audit/tiles.h"
#include "base/encoding.h"
#include "evidence/folder.h"

namespace assay::evidence {
namespace {

/// null where it is missing, or `json` is no object.
Json field(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return json.is_object() && found != json.end() ? *found : Json(nullptr);
}

std::string text_of(const Json& json, const char* key) {
  if (!json.is_object()) return "";
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string unit_of(const Json& json) {
  return text_of(json, "task") + "/" + text_of(json, "lang");
}

/// Lines, each with its newline; the last line must have one.
std::optional<std::vector<std::string_view>> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    out.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return out;
}

/// All entries of a log's file; nothing if it is malformed.
std::optional<std::vector<std::string>> entries_of(std::string_view bytes) {
  std::vector<std::string> out;
  while (!bytes.empty()) {
    if (bytes.size() < 2) return std::nullopt;
    const std::size_t length = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0]))
                                   << 8U |
                               static_cast<unsigned char>(bytes[1]);
    if (bytes.size() - 2 < length) return std::nullopt;
    out.emplace_back(bytes.substr(2, length));
    bytes.remove_prefix(2 + length);
  }
  return out;
}

class Opener {
 public:
  Opener(const Files& files, const VerifyOptions& options, Verification& out)
      : files_(files), options_(options), out_(out) {}

  std::optional<Opened> open() {
    if (!check_manifest()) return std::nullopt;
    take_keys();
    check_note();
    const auto log = read_log(kLogCheckpoint, kLogEntries, origin_);
    const auto run_log = read_log(kRunCheckpoint, kRunEntries, run_origin(origin_, run_));
    if (!log || !run_log || !read_run(*run_log)) return std::nullopt;
    check_evidence_log(*log, *run_log);
    opened_.log = log->entries;
    for (const audit::Verifier& each : known_) {
      if (each.name == origin_ && each.type == audit::SignatureType::ed25519)
        opened_.log_key = each;
    }
    read_report();
    return std::move(opened_);
  }

 private:
  struct Log {
    std::vector<std::string> entries;
    audit::Checkpoint checkpoint;
  };

  void fault(const char* check, std::string where, std::string what) {
    out_.findings.push_back({Finding::Kind::fault, check, std::move(where), std::move(what)});
  }
  void remark(const char* check, std::string where, std::string what) {
    out_.findings.push_back({Finding::Kind::remark, check, std::move(where), std::move(what)});
  }
  const std::string* file(const std::string& name, const char* check) {
    const auto found = files_.find(name);
    if (found != files_.end()) return &found->second;
    fault(check, name, "the file is missing");
    return nullptr;
  }
  std::optional<Json> json_of(std::string_view text, const std::string& where, const char* check) {
    auto json = parse_json(text, where);
    if (json && json->is_object()) return std::move(*json);
    fault(check, where, "it is not a JSON object");
    return std::nullopt;
  }

  bool check_manifest() {
    const std::string* text = file(kManifest, "files");
    if (text == nullptr) return false;
    const auto manifest = json_of(*text, kManifest, "files");
    if (!manifest) return false;
    if (text_of(*manifest, "schema") != kBundleSchema) {
      fault("files", kManifest, "it is no bundle, or one of a newer Assay");
      return false;
    }
    run_ = out_.run = text_of(*manifest, "run");
    origin_ = out_.origin = text_of(*manifest, "origin");
    std::set<std::string> listed{kManifest, kManifestNote};
    const Json none = Json::array();
    const auto list = manifest->find("files");
    for (const Json& each : list != manifest->end() && list->is_array() ? *list : none) {
      const std::string name = text_of(each, "name");
      if (!listed.insert(name).second) fault("files", name, "the manifest lists it twice");
      const auto found = files_.find(name);
      if (found == files_.end()) {
        fault("files", name, "the file is missing");
      } else if (digest_of(found->second) != text_of(each, "digest")) {
        fault("files", name, "it is not the file of the manifest");
      } else if (field(each, "bytes") != Json(found->second.size())) {
        fault("files", name, "it has not the length that the manifest says");
      }
    }
    for (const auto& [name, bytes] : files_) {
      if (!listed.contains(name)) fault("files", name, "the manifest does not list it");
    }
    return true;
  }

  void take_keys() {
    known_ = options_.trusted;
    if (!known_.empty()) {
      // The run's log is signed by the same key under its own name.
      for (const audit::Verifier& each : options_.trusted) {
        if (each.name != origin_ || each.type != audit::SignatureType::ed25519) continue;
        known_.push_back({run_origin(origin_, run_), each.type, each.key});
      }
      return;
    }
    const std::string* text = file(kKeysFile, "signatures");
    const auto lines = text == nullptr ? std::nullopt : lines_of(*text);
    if (text != nullptr && !lines) fault("signatures", kKeysFile, "its last line does not end");
    for (const std::string_view line : lines.value_or(std::vector<std::string_view>())) {
      const auto key = audit::parse_vkey(line);
      if (key)
        known_.push_back(*key);
      else
        fault("signatures", kKeysFile, key.error().what);
    }
    remark("signatures", kKeysFile,
           "the keys are those that the bundle itself brings; give the key that you had from its "
           "owner by --key, or anybody may have signed it");
  }

  void check_note() {
    const std::string* text = file(kManifestNote, "signatures");
    const std::string* manifest = file(kManifest, "files");
    if (text == nullptr || manifest == nullptr) return;
    const auto note = audit::parse_note(*text);
    if (!note) return fault("signatures", kManifestNote, note.error().what);
    const auto signatures = audit::verify_note(*note, known_);
    if (!signatures) return fault("signatures", kManifestNote, signatures.error().what);
    if (note->text != manifest_text(run_, digest_of(*manifest))) {
      fault("signatures", kManifestNote, "it signs another manifest");
    }
  }

  std::optional<Log> read_log(const char* checkpoint, const char* entries,
                              const std::string& origin) {
    const std::string* note = file(checkpoint, "logs");
    const std::string* bytes = file(entries, "logs");
    if (note == nullptr || bytes == nullptr) return std::nullopt;
    Log log;
    auto all = entries_of(*bytes);
    if (!all) {
      fault("logs", entries, "its entries are malformed");
      return std::nullopt;
    }
    log.entries = std::move(*all);
    const auto opened = audit::open_checkpoint(*note, known_);
    if (!opened) {
      fault("signatures", checkpoint, opened.error().what);
    } else if (opened->checkpoint.origin != origin) {
      fault("logs", checkpoint, "it is of the log " + opened->checkpoint.origin);
    }
    // The content is looked at even if nobody has signed it, so that all that is wrong is named.
    const auto body = audit::parse_note(*note).and_then(
        [](const audit::Note& parsed) { return audit::parse_checkpoint(parsed.text); });
    if (!body) return log;
    log.checkpoint = *body;
    audit::Frontier tree;
    for (const std::string& entry : log.entries) tree.append(audit::leaf_hash(entry));
    if (tree.size() != body->size || tree.root() != body->root) {
      fault("logs", entries, "the entries are not those that the checkpoint signs");
    }
    return log;
  }

  bool read_run(const Log& log) {
    std::map<std::string, Json> outcomes;  // the last of each unit
    Json report;
    std::set<SampleName> seen;
    bool ended = false;
    for (std::size_t i = 0; i < log.entries.size(); ++i) {
      const std::string where = std::string(kRunEntries) + " " + std::to_string(i);
      const auto parsed = parse_entry(log.entries[i], i);
      if (!parsed) {
        fault("logs", where, parsed.error().what);
        continue;
      }
      const auto& [type, json] = *parsed;
      if ((i == 0) != (type == "begin")) fault("logs", where, "a run's log begins once");
      if (type == "begin") {
        begin_ = json;
      } else if (type == "sample") {
        const Json epoch = field(json, "epoch");
        SampleName name{text_of(json, "task"), text_of(json, "lang"), text_of(json, "sample"),
                        epoch.is_number_integer() ? epoch.get<int>() : -1};
        if (!seen.insert(name).second) fault("records", name.text(), "it was logged twice");
        opened_.samples.push_back({std::move(name), json, ""});
      } else if (type == "outcome") {
        outcomes[unit_of(json)] = json;
        std::erase(opened_.order, unit_of(json));
        opened_.order.push_back(unit_of(json));
        opened_.estimates.erase(unit_of(json));
      } else if (type == "estimate") {
        opened_.estimates[unit_of(json)].push_back(json);
      } else if (type == "report") {
        report = json;
        opened_.claims.clear();
      } else if (type == "claim") {
        opened_.claims.push_back(json);
      } else if (type == "end") {
        ended = true;
      } else {
        fault("logs", where, "an entry of an unknown type, " + type);
      }
    }
    if (!ended) fault("logs", kRunEntries, "the log does not say that the run ended");
    logged_report_ = std::move(report);
    if (!check_run_file()) return false;
    read_records();
    read_outcomes(outcomes);
    return true;
  }

  bool check_run_file() {
    const std::string* text = file(kRunFile, "records");
    if (text == nullptr) return false;
    const auto run = json_of(*text, kRunFile, "records");
    if (!run) return false;
    if (!text->ends_with('\n') || digest_of(std::string_view(*text).substr(0, text->size() - 1)) !=
                                      text_of(begin_, "content")) {
      fault("records", kRunFile, "it is not what the run's log began with");
    }
    if (text_of(*run, "run") != run_) fault("records", kRunFile, "it is of another run");
    opened_.run = *run;
    out_.model = text_of(*run, "model");
    return true;
  }

  void read_records() {
    std::map<SampleName, BundledSample*> wanted;
    for (BundledSample& sample : opened_.samples) wanted.emplace(sample.name, &sample);
    std::set<SampleName> found;
    std::set<std::pair<std::string, std::string>> closed;  // sealed, and not opened
    for (const auto& [name, bytes] : files_) {
      if (!name.starts_with("records/")) continue;
      std::string content = bytes;
      std::string stem = name.substr(8);
      if (stem.ends_with(kSealedSuffix)) {
        stem.resize(stem.size() - std::string_view(kSealedSuffix).size());
        auto opened = options_.reader == nullptr ? fail(ErrorKind::not_found, "it is sealed")
                                                 : open_sealed(files_, name, *options_.reader);
        if (!opened) {
          if (opened.error().kind != ErrorKind::not_found) {
            fault("records", name, opened.error().what);
          }
          closed.insert(unit_of_file(stem));
          continue;
        }
        content = std::move(*opened);
      }
      read_records_of(name, unit_of_file(stem), content, wanted, found);
    }
    for (const BundledSample& sample : opened_.samples) {
      ++out_.samples;
      if (found.contains(sample.name)) continue;
      if (closed.contains({sample.name.task, sample.name.lang})) {
        ++out_.sealed;
      } else {
        fault("records", sample.name.text(), "the record of a logged sample is missing");
      }
    }
  }

  /// "TASK.LANG.jsonl" -> task, language.
  static std::pair<std::string, std::string> unit_of_file(const std::string& stem) {
    constexpr std::string_view kEnd = ".jsonl";
    if (!stem.ends_with(kEnd)) return {};
    const std::string unit = stem.substr(0, stem.size() - kEnd.size());
    const std::size_t dot = unit.rfind('.');
    if (dot == std::string::npos) return {};
    return {unit.substr(0, dot), unit.substr(dot + 1)};
  }

  void read_records_of(const std::string& file, const std::pair<std::string, std::string>& unit,
                       const std::string& content,
                       const std::map<SampleName, BundledSample*>& wanted,
                       std::set<SampleName>& found) {
    const auto lines = lines_of(content);
    if (!lines) return fault("records", file, "its last line does not end");
    for (const std::string_view line : *lines) {
      const auto json = json_of(line, file, "records");
      if (!json) continue;
      const Json epoch = field(*json, "epoch");
      const SampleName name{unit.first, unit.second, text_of(*json, "sample"),
                            epoch.is_number_integer() ? epoch.get<int>() : -1};
      const auto logged = wanted.find(name);
      const auto salt = from_hex(text_of(*json, "salt"));
      const std::string record = text_of(*json, "record");
      if (logged == wanted.end()) {
        fault("records", name.text(), "a record that was never logged");
      } else if (!found.insert(name).second) {
        fault("records", name.text(), "its record is there twice");
      } else if (!salt || salt->size() != 32 ||
                 record_digest(*salt, record) != text_of(logged->second->entry, "record")) {
        fault("records", name.text(), "its record is not the one that was logged");
      }
      if (logged != wanted.end()) logged->second->record = record;
    }
  }

  void read_outcomes(const std::map<std::string, Json>& logged) {
    const std::string* text = file(kOutcomesFile, "figures");
    if (text == nullptr) return;
    const auto lines = lines_of(*text);
    if (!lines) return fault("figures", kOutcomesFile, "its last line does not end");
    std::set<std::string> seen;
    for (const std::string_view line : *lines) {
      const auto json = json_of(line, kOutcomesFile, "figures");
      if (!json) continue;
      const std::string unit = unit_of(*json);
      const auto entry = logged.find(unit);
      if (!seen.insert(unit).second) {
        fault("figures", unit, "its outcome is there twice");
      } else if (entry == logged.end() || digest_of(line) != text_of(entry->second, "content")) {
        fault("figures", unit, "its outcome is not the one that was logged");
      }
      opened_.outcomes.push_back(*json);
    }
    for (const auto& [unit, entry] : logged) {
      if (!seen.contains(unit)) fault("figures", unit, "the outcome that was logged is missing");
    }
  }

  void read_report() {
    const std::string* text = file(kReportFile, "report");
    if (text == nullptr) return;
    if (digest_of(*text) != text_of(logged_report_, "content")) {
      fault("report", kReportFile, "it is not the one that was logged");
    }
    if (const auto report = json_of(*text, kReportFile, "report")) opened_.report = *report;
  }

  /// Did the evidence log know of the run before, and is the run's log the one that it names?
  void check_evidence_log(const Log& log, const Log& run_log) {
    auto history = history_of(log.entries);
    if (!history) return fault("logs", kLogEntries, history.error().message());
    out_.history = std::move(*history);
    std::size_t begun = log.entries.size();
    std::size_t last = log.entries.size();
    for (std::size_t i = 0; i < log.entries.size(); ++i) {
      const auto entry = parse_entry(log.entries[i], i);
      if (!entry || text_of(entry->json, "run") != run_) continue;
      if (entry->type == "begin") {
        if (begun != log.entries.size()) fault("logs", kLogEntries, "the run began twice");
        begun = i;
        check_begin(entry->json);
      }
      if (entry->type != "state") continue;
      last = i;
      check_state(entry->json, run_log, std::string(kLogEntries) + " " + std::to_string(i));
    }
    if (begun == log.entries.size()) {
      fault("logs", kLogEntries, "the evidence log does not know of the run's begin");
    }
    if (last == log.entries.size()) {
      return fault("logs", kLogEntries, "the evidence log does not know of the run's end");
    }
    const auto entry = parse_entry(log.entries[last], last);
    if (text_of(entry->json, "state") != "ended" ||
        field(entry->json, "size") != Json(run_log.checkpoint.size)) {
      fault("logs", kLogEntries, "the run's log goes on after what the evidence log knows of it");
    }
    check_receipt(log, last);
    check_witnessed(log, begun);
  }

  void check_begin(const Json& entry) {
    for (const char* name : {"created", "model", "config", "plan", "content"}) {
      if (field(entry, name) == field(begin_, name)) continue;
      fault("logs", kLogEntries, std::string("the two logs differ in the run's ") + name);
    }
  }

  void check_state(const Json& entry, const Log& run_log, const std::string& where) {
    const Json size = field(entry, "size");
    if (!size.is_number_unsigned() || size.get<std::uint64_t>() > run_log.entries.size()) {
      return fault("logs", where, "the run's log is shorter than it was");
    }
    audit::Frontier tree;
    for (std::uint64_t i = 0; i < size.get<std::uint64_t>(); ++i) {
      tree.append(audit::leaf_hash(run_log.entries[i]));
    }
    if (base64(audit::bytes_of(tree.root())) != text_of(entry, "root")) {
      fault("logs", where, "the run's log does not begin as it was then");
    }
  }

  /// What others saw of the evidence log has to be how it begins.
  void check_witnessed(const Log& log, std::size_t begun) {
    std::vector<audit::Verifier> known = known_;
    known.insert(known.end(), options_.witnesses.begin(), options_.witnesses.end());
    for (const auto& [name, bytes] : files_) {
      if (!name.starts_with(kWitnessedFolder)) continue;
      const auto seen = audit::open_checkpoint(bytes, known);
      if (!seen) {
        fault("signatures", name, seen.error().what);
        continue;
      }
      audit::Frontier tree;
      const std::uint64_t size = seen->checkpoint.size;
      for (std::uint64_t i = 0; i < std::min<std::uint64_t>(size, log.entries.size()); ++i) {
        tree.append(audit::leaf_hash(log.entries[i]));
      }
      if (seen->checkpoint.origin != origin_ || tree.size() != size ||
          tree.root() != seen->checkpoint.root) {
        fault("logs", name, "the evidence log does not begin as the witness saw it");
        continue;
      }
      for (const audit::Verified& each : seen->signatures) {
        if (!each.time) continue;
        remark("logs", name,
               each.by.name + " saw " + std::to_string(size) + " entries at " +
                   std::to_string(*each.time) + " (seconds since 1970 UTC), " +
                   (begun < size ? "the run's begin among them" : "before the run began"));
      }
    }
  }

  void check_receipt(const Log& log, std::size_t index) {
    const std::string* receipt = file(kReceiptFile, "logs");
    if (receipt == nullptr) return;
    const auto verified = audit::verify_receipt(*receipt, log.entries[index], known_);
    if (!verified) return fault("logs", kReceiptFile, verified.error().what);
    if (verified->index != index) fault("logs", kReceiptFile, "it is of another entry");
    if (verified->checkpoint.checkpoint != log.checkpoint) {
      fault("logs", kReceiptFile, "it is of another checkpoint");
    }
  }

  const Files& files_;
  const VerifyOptions& options_;
  Verification& out_;
  std::string run_, origin_;
  std::vector<audit::Verifier> known_;
  Json begin_ = Json::object();
  Json logged_report_ = Json::object();
  Opened opened_;
};

}  // namespace

std::optional<Opened> open_evidence(const Files& files, const VerifyOptions& options,
                                    Verification& out) {
  return Opener(files, options, out).open();
}

}  // namespace assay::evidence
