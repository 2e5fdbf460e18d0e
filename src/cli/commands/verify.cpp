// `assay verify FILE`: whether a bundle holds. Exit code 1, with a list, where it does not.
#include "evidence/verify.h"

#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/evidence_options.h"
#include "cli/options.h"
#include "cli/task_registry.h"

namespace assay::cli {

void register_verify(Commands& registry);

namespace {

struct Arguments {
  std::vector<std::string> files;
  std::vector<std::string> keys, witnesses;
  std::string reader;
  std::string passphrase_file;
  std::vector<std::string> data;
  bool json = false;
};

void print(const evidence::Verification& v) {
  const auto line = [](const char* what, std::int64_t part, std::int64_t all) {
    std::printf("%-9s %lld of %lld %s\n", "", static_cast<long long>(part),
                static_cast<long long>(all), what);
  };
  for (const evidence::Finding& finding : v.findings) {
    std::printf("%-9s [%s] %s%s%s\n", evidence::to_string(finding.kind), finding.check.c_str(),
                finding.where.c_str(), finding.where.empty() ? "" : ": ", finding.what.c_str());
  }
  std::printf("run %s of %s, logged by %s\n", v.run.c_str(), v.model.c_str(), v.origin.c_str());
  line("figures follow from the samples", v.recomputed, v.figures);
  line("verdicts given again by the scorers", v.rescored, v.verdicts);
  line("items made again from the seed", v.regenerated, v.items);
  if (v.sealed > 0) line("samples are sealed", v.sealed, v.samples);
  std::puts(v.holds() ? "HOLDS" : "DOES NOT HOLD");
}

Result<int> verify(const Arguments& a) {
  evidence::VerifyOptions options;
  for (const std::string& text : a.keys) {
    ASSAY_TRY(options.trusted.emplace_back(), audit::parse_vkey(text));
  }
  for (const std::string& text : a.witnesses) {
    ASSAY_TRY(options.witnesses.emplace_back(), audit::parse_vkey(text));
  }
  std::optional<audit::SigningKey> reader;
  if (!a.reader.empty()) {
    ASSAY_TRY(const auto passphrase, read_passphrase(a.passphrase_file));
    ASSAY_TRY(const audit::KeyFile file,
              audit::KeyFile::find(audit::default_key_folder(), a.reader));
    ASSAY_TRY(reader, file.open(passphrase));
    options.reader = &*reader;
  }
  options.cancel = &interrupt();
  const auto registry = [&](const Json& config) { return registry_of_run(config, a.data); };
  int code = exit_ok;
  Json all = Json::array();
  for (const std::string& file : a.files) {
    auto found = evidence::verify_bundle(file, registry, options);
    if (!found && (a.files.size() == 1 || found.error().kind == ErrorKind::cancelled)) {
      return tl::unexpected(found.error());
    }
    if (!a.json && a.files.size() > 1) std::printf("%s\n", file.c_str());
    if (!found) {
      const int failed = report_error(found.error());
      if (code == exit_ok) code = failed;
      all.push_back(Json{{"file", file}, {"error", found.error().message()}});
      continue;
    }
    if (!found->holds()) code = exit_gate;
    all.push_back(evidence::to_json(*found));
    all.back()["file"] = file;
    if (!a.json) print(*found);
  }
  if (a.json) std::puts(dump_json(a.files.size() == 1 ? all.front() : all, 2).c_str());
  return code;
}

}  // namespace

void register_verify(Commands& registry) {
  registry.add("verify", "Check a bundle: signatures, logs, records, and every figure again",
               [](CLI::App& app) {
                 const auto a = std::make_shared<Arguments>();
                 app.add_option("FILE", a->files, "What `assay bundle` wrote; several if wished")
                     ->required();
                 app.add_option("--key", a->keys,
                                "Verifier key of whoever logged it, as you had it from them");
                 app.add_option("--witness", a->witnesses,
                                "Verifier key of a witness: what it saw, and when, is said");
                 app.add_option("--reader", a->reader, "Your key, to open what is sealed to it");
                 app.add_option("--passphrase-file", a->passphrase_file,
                                "Where the reader key's passphrase is ($ASSAY_KEY_PASSPHRASE)");
                 app.add_option("--data", a->data,
                                "Where public data are: a folder of data sets, or NAME=DIR");
                 app.add_flag("--json", a->json, "Print JSON");
                 return [a] {
                   const auto code = verify(*a);
                   return code ? *code : report_error(code.error());
                 };
               });
}

}  // namespace assay::cli
