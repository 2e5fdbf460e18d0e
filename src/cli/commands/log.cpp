// `assay log`: looks at an evidence log, verifies it, and proves what is in it.
#include <chrono>
#include <cstdio>
#include <memory>

#include "audit/log_reader.h"
#include "audit/receipt.h"
#include "audit/tiles.h"
#include "base/files.h"
#include "cli/command.h"
#include "cli/evidence_options.h"
#include "cli/options.h"
#include "evidence/plans.h"
#include "evidence/witnessed.h"

namespace assay::cli {

void register_log(Commands& registry);

namespace {

constexpr auto kMaxNote = static_cast<std::int64_t>(audit::kMaxNoteBytes);

struct Arguments {
  std::string run;
  std::string store;
  EvidenceOptions evidence;
  std::vector<std::string> keys;
  std::int64_t index = -1;
  std::string earlier, receipt, entry, out, file, witness;
  bool json = false;
};

/// The log's folder: the evidence log's, or that of a run.
std::filesystem::path place(const Arguments& a) {
  const evidence::Folder folder = evidence_folder(a.evidence, store_place(a.store));
  return a.run.empty() ? folder.log() : folder.run_log(a.run);
}

/// Whose signatures count: those of --key, else that of the own key with the log's name.
Result<std::vector<audit::Verifier>> trusted(const Arguments& a, const std::string& origin) {
  std::vector<audit::Verifier> out;
  for (const std::string& text : a.keys) {
    ASSAY_TRY(out.emplace_back(), audit::parse_vkey(text));
  }
  const evidence::Folder folder = evidence_folder(a.evidence, store_place(a.store));
  ASSAY_TRY(const auto of_folder, evidence::origin_of(folder.log()));
  if (out.empty()) {
    ASSAY_TRY(const audit::KeyFile key,
              audit::KeyFile::find(audit::default_key_folder(), of_folder.value_or(origin)));
    out.push_back(key.verifier());
  }
  if (!a.run.empty() && of_folder) {
    for (std::size_t i = 0, n = out.size(); i < n; ++i) {
      if (out[i].name == *of_folder) out.push_back({origin, out[i].type, out[i].key});
    }
  }
  return out;
}

Result<audit::LogReader> open(const Arguments& a) {
  const auto folder = place(a);
  ASSAY_TRY(const auto origin, evidence::origin_of(folder));
  if (!origin) {
    return fail(ErrorKind::not_found, "there is no evidence log here", folder.string(),
                "A run makes one; name its folder by --evidence");
  }
  ASSAY_TRY(auto keys, trusted(a, *origin));
  return audit::LogReader::open(audit::open_disk(folder), std::move(keys));
}

Result<int> show(const Arguments& a) {
  ASSAY_TRY(audit::LogReader log, open(a));
  if (!a.run.empty() || a.json) {
    const Status read = log.for_each(0, log.size(), [](std::uint64_t, std::string_view entry) {
      std::printf("%.*s\n", static_cast<int>(entry.size()), entry.data());
      return !interrupt().requested();
    });
    return read ? Result<int>(exit_ok) : tl::unexpected(read.error());
  }
  std::vector<std::string> entries;
  ASSAY_CHECK(log.for_each(0, log.size(), [&](std::uint64_t, std::string_view entry) {
    entries.emplace_back(entry);
    return true;
  }));
  ASSAY_TRY(const evidence::History history, evidence::history_of(entries));
  for (const evidence::Plan& plan : history.plans) {
    std::printf("plan %s  committed %s\n", plan.id.c_str(), plan.created.c_str());
  }
  for (const evidence::LoggedRun& run : history.runs) {
    std::printf("run %s  begun %s  %-9s %-8s %s%s%s\n", run.id.c_str(), run.created.c_str(),
                run.state.c_str(), run.bundled ? "bundled" : "", run.model.c_str(),
                run.plan.empty() ? "" : ", plan ", run.plan.c_str());
  }
  std::printf("%llu entries, logged by %s\n", static_cast<unsigned long long>(log.size()),
              log.checkpoint().origin.c_str());
  return exit_ok;
}

Result<int> verify(const Arguments& a) {
  ASSAY_TRY(audit::LogReader log, open(a));
  ASSAY_TRY(const audit::LogCheck check, log.verify());
  if (!a.earlier.empty()) {
    ASSAY_TRY(const std::string note, read_file(a.earlier, kMaxNote));
    ASSAY_TRY(const auto keys, trusted(a, log.checkpoint().origin));
    ASSAY_TRY(const auto before, audit::open_checkpoint(note, keys));
    ASSAY_TRY(const auto proof, log.consistency(before.checkpoint.size));
    ASSAY_CHECK(audit::verify_consistency(before.checkpoint.size, log.size(), proof,
                                          before.checkpoint.root, log.checkpoint().root));
    std::printf("it continues the log of %llu entries that was seen before\n",
                static_cast<unsigned long long>(before.checkpoint.size));
  }
  std::printf("%s: %llu entries (%llu bytes) lead to the signed root\n",
              log.checkpoint().origin.c_str(), static_cast<unsigned long long>(check.entries),
              static_cast<unsigned long long>(check.bytes));
  for (const audit::Verified& signature : log.signed_checkpoint().signatures) {
    std::printf("%s by %s\n", signature.time ? "cosigned" : "signed", signature.by.name.c_str());
  }
  if (check.strays > 0) {
    std::printf("%llu files lie beyond it, of a write that did not end\n",
                static_cast<unsigned long long>(check.strays));
  }
  return exit_ok;
}

Result<int> emit(const std::string& text, const std::string& out) {
  if (out.empty()) {
    std::fputs(text.c_str(), stdout);
  } else {
    ASSAY_CHECK(write_file(out, text));
  }
  return exit_ok;
}

Result<int> receipt(const Arguments& a) {
  ASSAY_TRY(audit::LogReader log, open(a));
  if (a.index < 0) {
    return fail(ErrorKind::usage, "which entry is it?", "--index", "They are counted from 0");
  }
  ASSAY_TRY(const std::string text, log.receipt(static_cast<std::uint64_t>(a.index)));
  if (!a.entry.empty()) {
    ASSAY_TRY(const std::string entry, log.entry(static_cast<std::uint64_t>(a.index)));
    ASSAY_CHECK(write_file(a.entry, entry));
  }
  return emit(text, a.out);
}

/// As a witness: adds a cosignature to a checkpoint, if it continues the one that was seen before.
Result<int> cosign(const Arguments& a) {
  ASSAY_TRY(audit::LogReader log, open(a));
  if (a.evidence.key.empty()) {
    return fail(ErrorKind::usage, "which key cosigns?", "--key",
                "`assay key show` lists those that there are");
  }
  ASSAY_CHECK(log.verify());
  if (!a.earlier.empty()) {
    ASSAY_TRY(const std::string note, read_file(a.earlier, kMaxNote));
    ASSAY_TRY(const auto before, audit::parse_note(note).and_then([](const audit::Note& parsed) {
      return audit::parse_checkpoint(parsed.text);
    }));
    ASSAY_TRY(const auto proof, log.consistency(before.size));
    ASSAY_CHECK(audit::verify_consistency(before.size, log.size(), proof, before.root,
                                          log.checkpoint().root));
  }
  ASSAY_TRY(const auto passphrase, read_passphrase(a.evidence.passphrase_file));
  ASSAY_TRY(const audit::KeyFile file,
            audit::KeyFile::find(audit::default_key_folder(), a.evidence.key));
  ASSAY_TRY(const audit::SigningKey witness, file.open(passphrase));
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(
      std::chrono::system_clock::now().time_since_epoch());
  ASSAY_TRY(const std::string text, audit::cosign(log.signed_checkpoint().bytes, witness,
                                                  static_cast<std::uint64_t>(now.count())));
  return emit(text, a.out);
}

/// Keeps a checkpoint that a witness has cosigned; bundles bring it.
Result<int> accept(const Arguments& a) {
  ASSAY_TRY(audit::LogReader log, open(a));
  ASSAY_TRY(const auto keys, trusted(a, log.checkpoint().origin));
  ASSAY_TRY(const std::string note, read_file(a.file, kMaxNote));
  ASSAY_TRY(const audit::Verifier witness, audit::parse_vkey(a.witness));
  const evidence::Folder folder = evidence_folder(a.evidence, store_place(a.store));
  ASSAY_TRY(const std::string name,
            evidence::keep_cosigned(folder, log, note, keys.front(), witness));
  std::printf("kept as %s\n", (folder.witnessed() / name).c_str());
  return exit_ok;
}

void add_place(CLI::App& app, Arguments& a) {
  app.add_option("--run", a.run, "The log of this run (its id); else the evidence log");
  app.add_option("--evidence", a.evidence.folder, "Folder of the evidence (beside the store)");
  app.add_option("--store", a.store, "The store of runs");
}

}  // namespace

void register_log(Commands& registry) {
  registry.add("log", "Look at the evidence log, verify it, prove an entry", [](CLI::App& app) {
    const auto a = std::make_shared<Arguments>();
    CLI::App* shown = app.add_subcommand("show", "Plans and runs; of a run, its entries");
    shown->add_flag("--json", a->json, "Print the entries");
    CLI::App* verified = app.add_subcommand("verify", "All entries and hashes, and the signature");
    CLI::App* receipted = app.add_subcommand("receipt", "Prove that an entry is in the log");
    receipted->add_option("--index", a->index, "Which entry, from 0")->required();
    receipted->add_option("--entry", a->entry, "Write the entry itself to this file");
    CLI::App* cosigned = app.add_subcommand("cosign", "As a witness: sign that it only grew");
    cosigned->add_option("--key", a->evidence.key, "Your key")->required();
    cosigned->add_option("--passphrase-file", a->evidence.passphrase_file,
                         "Where its passphrase is ($ASSAY_KEY_PASSPHRASE)");
    CLI::App* accepted = app.add_subcommand("accept", "Keep what a witness has cosigned");
    accepted->add_option("FILE", a->file, "What `assay log cosign` wrote")->required();
    accepted->add_option("--witness", a->witness, "The witness's verifier key")->required();
    for (CLI::App* command : {shown, verified, receipted, cosigned, accepted}) {
      add_place(*command, *a);
    }
    for (CLI::App* command : {shown, verified, receipted, accepted}) {
      command->add_option("--key", a->keys, "Verifier key of whoever logged it (your own keys)");
    }
    cosigned->add_option("--log-key", a->keys, "Verifier key of whoever logged it (your own keys)");
    for (CLI::App* command : {verified, cosigned}) {
      command->add_option("--earlier", a->earlier, "A checkpoint that was seen before");
    }
    for (CLI::App* command : {receipted, cosigned}) {
      command->add_option("-o,--out", a->out, "A file (standard output)");
    }
    app.require_subcommand(1);
    return [=]() -> int {
      const auto code = shown->parsed()       ? show(*a)
                        : verified->parsed()  ? verify(*a)
                        : receipted->parsed() ? receipt(*a)
                        : accepted->parsed()  ? accept(*a)
                                              : cosign(*a);
      return code ? *code : report_error(code.error());
    };
  });
}

}  // namespace assay::cli
