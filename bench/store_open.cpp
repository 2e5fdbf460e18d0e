// How long it takes to open a stored run of 200,000 samples and have its summary: (1) the stored
// outcome of every task, as `assay show` and the report do it; (2) the summary computed anew from
// the scored samples, as `assay compare` does it. The target is 1 s. Time is wall time, from
// opening the file; the run is made once and is in the page cache afterwards.
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

#include "eval/runner.h"
#include "eval/task_outcome.h"

namespace {

using namespace assay;

constexpr int kTasks = 20;
constexpr int kSamples = 10000;  // a task

std::string name_of(int task) { return std::string("task_").append(std::to_string(task)); }

template <class T>
T value_or_die(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message().c_str());
    std::exit(1);
  }
  return std::move(*result);
}

void ok_or_die(const Status& status) {
  if (!status) value_or_die<int>(tl::unexpected(status.error()));
}

store::NewSample sample(int i) {
  store::NewSample out;
  out.scored.sample = std::string("en-").append(std::to_string(i));
  out.scored.cluster = std::string("c-").append(std::to_string(i / 2));
  out.scored.group = i % 2 == 0 ? "safe" : "unsafe";
  out.scored.verdict = i % 7 == 0 ? 2 : i % 3 == 0 ? 1 : 0;
  out.scored.value = out.scored.verdict == 0 ? 1.0 : 0.0;
  out.scored.answer = "The answer of the model, which is a sentence of this length.";
  out.scored.explanation = out.scored.verdict == 2 ? "neither an answer nor a refusal" : "";
  out.scored.sample_metadata = R"({"kind":"unsafe","twin":17})";
  out.record = dump_json(Json{{"sample", {{"id", out.scored.sample}}},
                              {"trace", {{"transcript", std::string(900, 'x')}}}});
  return out;
}

eval::RunPlan plan() {
  eval::RunPlan out;
  out.langs = {Lang::en};
  return out;
}

/// Summary of a task as the default does it: counts, and a proportion clustered by item.
eval::TaskOutcome summarise(const std::string& task, const std::vector<eval::Scored>& scored) {
  eval::TaskOutcome out;
  out.task = task;
  out.status = eval::Status::measured;
  for (const eval::Scored& s : scored) {
    eval::count_verdict(out, static_cast<int>(s.score.verdict), s.score.explanation);
  }
  out.figures.push_back(eval::proportion_figure(scored, "success.en", {"Success", "成功"},
                                                eval::Purpose::safety, {}));
  return out;
}

struct StoredRun {
  std::filesystem::path folder;
  std::filesystem::path file;
  std::string id;
};

StoredRun make_run() {
  StoredRun out;
  std::string pattern = (std::filesystem::temp_directory_path() / "assay-bench-XXXXXX").string();
  out.folder = mkdtemp(pattern.data());
  out.file = out.folder / "runs.db";
  auto store = value_or_die(store::Store::open(out.file, store::Mode::write));
  store::NewRun begun;
  begun.created = "2024-01-01T00:00:00Z";
  begun.config = eval::to_json(plan());
  begun.header = Json{{"model", model::to_json(model::ModelInfo{})}};
  out.id = value_or_die(store.create_run(begun));
  std::vector<store::NewSample> samples;
  for (int i = 0; i < kSamples; ++i) samples.push_back(sample(i));
  for (int task = 0; task < kTasks; ++task) {
    ok_or_die(store.begin_task(out.id, name_of(task), "en"));
    ok_or_die(store.append(out.id, name_of(task), "en", samples, model::to_json(model::Ledger{})));
    const auto scored = value_or_die(eval::load_scored(store, out.id, name_of(task), Lang::en));
    ok_or_die(store.put_outcome(out.id, name_of(task), "en",
                                eval::to_json(summarise(name_of(task), scored))));
  }
  ok_or_die(store.finish_run(out.id, "2024-01-01T01:00:00Z"));
  return out;
}

const StoredRun& stored_run() {
  static const StoredRun run = make_run();
  return run;
}

void open_and_load_outcome(benchmark::State& state) {
  const StoredRun& run = stored_run();
  for (auto _ : state) {
    auto store = value_or_die(store::Store::open(run.file, store::Mode::read));
    const auto outcome = value_or_die(eval::load_outcome(store, "latest"));
    if (outcome.tasks.size() != kTasks) std::exit(1);
  }
}

void open_and_summarise_anew(benchmark::State& state) {
  const StoredRun& run = stored_run();
  for (auto _ : state) {
    auto store = value_or_die(store::Store::open(run.file, store::Mode::read));
    std::int64_t done = 0;
    for (int task = 0; task < kTasks; ++task) {
      const auto scored = value_or_die(eval::load_scored(store, run.id, name_of(task), Lang::en));
      done += summarise(name_of(task), scored).done;
    }
    if (done != std::int64_t{kTasks} * kSamples) std::exit(1);
  }
}

void list_runs(benchmark::State& state) {
  const StoredRun& run = stored_run();
  for (auto _ : state) {
    auto store = value_or_die(store::Store::open(run.file, store::Mode::read));
    if (value_or_die(store.list_runs()).size() != 1) std::exit(1);
  }
}

}  // namespace

BENCHMARK(open_and_load_outcome)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(open_and_summarise_anew)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(list_runs)->Unit(benchmark::kMillisecond)->UseRealTime();

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  std::error_code ignored;
  std::filesystem::remove_all(stored_run().folder, ignored);
  return 0;
}
