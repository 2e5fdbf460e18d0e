// `assay replay FILE MODEL`: asks a random share of a bundle's answers again, and says how many
// come out the same. Exit code 1 where it is another model, or where even the upper end of the
// agreement lies below --agreement: a few answers may differ, since batches round otherwise.
#include "evidence/replay.h"

#include <cstdio>
#include <memory>
#include <random>

#include "cli/command.h"
#include "cli/evidence_options.h"
#include "cli/open_model.h"
#include "cli/options.h"
#include "cli/task_registry.h"

namespace assay::cli {

void register_replay(Commands& registry);

namespace {

struct Arguments {
  std::string file, model;
  std::string sample = "10%";
  double agreement = 0.95;
  std::optional<std::uint64_t> seed;
  std::string reader, passphrase_file;
  std::vector<std::string> data;
  OpenOptions open;
  bool json = false, quiet = false;
};

/// "10%" or 0.1.
Result<double> parse_share(const std::string& text) {
  std::size_t used = 0;
  double value = 0.0;
  try {
    value = std::stod(text, &used);
  } catch (const std::exception&) {
    used = 0;
  }
  const std::string rest = text.substr(used);
  if (rest == "%") value /= 100.0;
  if (used > 0 && (rest.empty() || rest == "%") && value > 0.0 && value <= 1.0) return value;
  return fail(ErrorKind::usage, "'" + text + "' is no share", "--sample", "Give e.g. 10% or 0.1");
}

void print(const evidence::Replay& r, std::uint64_t seed) {
  constexpr std::size_t kShown = 20;
  for (std::size_t i = 0; i < std::min(kShown, r.differing.size()); ++i) {
    const evidence::Differing& each = r.differing[i];
    std::printf("differs   %s: %s then, %s now\n", each.name.text().c_str(),
                each.verdict_then.c_str(), each.verdict_now.c_str());
  }
  if (r.differing.size() > kShown) {
    std::printf("          and %zu more\n", r.differing.size() - kShown);
  }
  const auto line = [&](const char* what, const stats::Estimate& share) {
    std::printf("%s: %.1f%% [%.1f%%, %.1f%%], n = %lld\n", what, 100.0 * share.value,
                100.0 * share.interval.low, 100.0 * share.interval.high,
                static_cast<long long>(share.n));
  };
  std::printf("run %s of %s: %lld answers drawn with seed %llu, %lld asked again", r.run.c_str(),
              r.model.c_str(), static_cast<long long>(r.drawn),
              static_cast<unsigned long long>(seed), static_cast<long long>(r.asked));
  if (r.skipped > 0) std::printf(", %lld not", static_cast<long long>(r.skipped));
  std::printf("\n");
  if (!r.same_model) {
    std::puts("this is not the model of the run: its weights or template are others");
  }
  line("same verdict", r.verdicts);
  line("same answer ", r.answers);
}

Result<int> replay(const Arguments& a) {
  evidence::ReplayOptions options;
  ASSAY_TRY(options.share, parse_share(a.sample));
  options.seed = a.seed ? *a.seed : std::random_device{}();
  std::optional<audit::SigningKey> reader;
  if (!a.reader.empty()) {
    ASSAY_TRY(const auto passphrase, read_passphrase(a.passphrase_file));
    ASSAY_TRY(const audit::KeyFile file,
              audit::KeyFile::find(audit::default_key_folder(), a.reader));
    ASSAY_TRY(reader, file.open(passphrase));
    options.reader = &*reader;
  }
  options.cancel = &interrupt();
  if (!a.quiet) {
    options.progress = [](std::int64_t done, std::int64_t all) {
      if (done % 50 == 0) {
        std::fprintf(stderr, "%lld of %lld asked again\n", static_cast<long long>(done),
                     static_cast<long long>(all));
      }
    };
  }
  ASSAY_TRY(const evidence::Files files, evidence::read_zip(a.file));
  const auto run = files.find(evidence::kRunFile);
  Json config = nullptr;
  if (run != files.end()) {
    if (const auto json = parse_json(run->second, evidence::kRunFile); json && json->is_object()) {
      config = json->value("config", Json(nullptr));
    }
  }
  ASSAY_TRY(const auto tasks, registry_of_run(config, a.data));
  ASSAY_TRY(const auto model, open_model(a.model, a.open));
  ASSAY_TRY(const evidence::Replay done, evidence::replay(files, tasks, *model, options));
  if (a.json) {
    Json json = evidence::to_json(done);
    json["seed"] = options.seed;
    std::puts(dump_json(json, 2).c_str());
  } else {
    print(done, options.seed);
  }
  const bool agrees = done.verdicts.interval.high >= a.agreement;
  return done.same_model && agrees ? exit_ok : exit_gate;
}

}  // namespace

void register_replay(Commands& registry) {
  registry.add("replay", "Ask a random share of a bundle's answers again", [](CLI::App& app) {
    const auto a = std::make_shared<Arguments>();
    app.add_option("FILE", a->file, "What `assay bundle` wrote")->required();
    app.add_option("MODEL", a->model, "The model: a GGUF file, a name, or openai:MODEL@URL")
        ->required();
    app.add_option("--sample", a->sample, "How much, e.g. 10%");
    app.add_option("--agreement", a->agreement, "Share of verdicts that has to be possible")
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--seed", a->seed, "Seed of the draw (a new one each time)");
    app.add_option("--reader", a->reader, "Your key, to open what is sealed to it");
    app.add_option("--passphrase-file", a->passphrase_file,
                   "Where the reader key's passphrase is ($ASSAY_KEY_PASSPHRASE)");
    app.add_option("--data", a->data, "Where public data are: a folder of data sets, or NAME=DIR");
    add_open_options(app, a->open);
    app.add_flag("--json", a->json, "Print JSON");
    app.add_flag("--quiet", a->quiet, "No progress");
    return [a] {
      const auto code = replay(*a);
      return code ? *code : report_error(code.error());
    };
  });
}

}  // namespace assay::cli
