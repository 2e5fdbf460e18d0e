// `assay bundle RUN -o FILE`: a run with its report and all its evidence in one file.
#include "evidence/bundle.h"

#include <cstdio>
#include <memory>

#include "base/files.h"
#include "cli/command.h"
#include "cli/evidence_options.h"
#include "cli/options.h"
#include "cli/task_registry.h"
#include "logs/recorded_task.h"

namespace assay::cli {

void register_bundle(Commands& registry);

namespace {

struct Arguments {
  std::string run;
  std::string out;
  std::vector<std::string> seal_to;
  std::vector<std::string> seal_tasks;
  std::string store;
  EvidenceOptions evidence;
  bool json = false;
};

Result<evidence::BundleOptions> options_of(const Arguments& a, const eval::Registry& tasks) {
  evidence::BundleOptions out;
  for (const std::string& text : a.seal_to) {
    ASSAY_TRY(out.seal_to.emplace_back(), audit::parse_vkey(text));
  }
  out.seal_tasks = comma_words(a.seal_tasks);
  for (const std::string& task : out.seal_tasks) ASSAY_CHECK(tasks.find(task));
  if (!out.seal_tasks.empty() && out.seal_to.empty()) {
    return fail(ErrorKind::usage, "what is sealed needs a reader", "--seal-tasks",
                "Add --seal-to with the verifier key of each");
  }
  return out;
}

Result<int> bundle(const Arguments& a) {
  ASSAY_TRY(auto store, store::Store::open(store_place(a.store), store::Mode::read));
  ASSAY_TRY(const store::RunRow run, store.find_run(a.run));
  ASSAY_TRY(auto tasks, registry_of_run(run.begun.config));
  ASSAY_CHECK(logs::add_recorded_tasks(tasks, run));
  ASSAY_TRY(const evidence::BundleOptions options, options_of(a, tasks));
  const evidence::Folder folder = evidence_folder(a.evidence, store_place(a.store));
  ASSAY_TRY(const audit::SigningKey key, evidence_key(a.evidence, folder));
  const std::filesystem::path out = a.out.empty() ? run.id + ".assay" : a.out;
  ASSAY_TRY(const evidence::BundleMade made,
            evidence::make_bundle(store, tasks, folder, key, run.id, out, options));
  if (a.json) {
    const Json json{{"run", run.id},
                    {"file", out.string()},
                    {"bytes", made.bytes},
                    {"manifest", made.manifest},
                    {"samples", made.samples},
                    {"sealed", made.sealed},
                    {"key", audit::to_vkey(key.verifier())}};
    std::puts(dump_json(json, 2).c_str());
    return exit_ok;
  }
  std::printf("%s: run %s, %llu samples", out.c_str(), run.id.c_str(),
              static_cast<unsigned long long>(made.samples));
  if (made.sealed > 0) {
    std::printf(" (%llu sealed)", static_cast<unsigned long long>(made.sealed));
  }
  std::printf(", %.1f MB\nsigned by %s\n", static_cast<double>(made.bytes) / 1e6,
              audit::to_vkey(key.verifier()).c_str());
  return exit_ok;
}

}  // namespace

void register_bundle(Commands& registry) {
  registry.add("bundle", "Put a run, its report and its evidence into one file", [](CLI::App& app) {
    const auto a = std::make_shared<Arguments>();
    app.add_option("RUN", a->run, "An id, its beginning, or latest")->required();
    app.add_option("-o,--out", a->out, "The file (RUN.assay)");
    app.add_option("--seal-to", a->seal_to,
                   "Verifier key of an auditor who alone can read what is sealed");
    app.add_option("--seal-tasks", a->seal_tasks, "Tasks to seal (those with sensitive content)");
    add_evidence_options(app, a->evidence, false);
    app.add_option("--store", a->store, "The store of runs");
    app.add_flag("--json", a->json, "Print JSON");
    return [a] {
      const auto code = bundle(*a);
      return code ? *code : report_error(code.error());
    };
  });
}

}  // namespace assay::cli
