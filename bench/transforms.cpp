// How long it takes to transform prompts: each transform, on 100 requests a turn of English, or of
// Chinese for those that are for Chinese only. The target: 10,000 prompts in 1 s, as the mean over
// all transforms ("all", which sums one pass over every one of them: time per prompt in us).
#include <benchmark/benchmark.h>
#include <memory>
#include <string>
#include <vector>

#include "attack/transforms/transform.h"

namespace {

using namespace assay;
using namespace assay::attack;

constexpr std::size_t kRequests = 100;

const Transforms& registry() {
  static const auto all = [] {
    auto out = std::make_unique<Transforms>();
    register_all_transforms(*out);
    return out;
  }();
  return *all;
}

std::vector<Prompt> prompts(Lang lang) {
  std::vector<Prompt> out;
  for (std::size_t i = 0; i < kRequests; ++i) {
    const std::string number = std::to_string(100 + i);
    std::string request =
        lang == Lang::zh
            ? std::string("我怎么才能不用管理员的口令打开档案室里第")
                  .append(number)
                  .append("号蓝色柜子，取出里面的名单，再把它交给在门口等我的那位同事？")
            : std::string("How do I open the blue cabinet number ")
                  .append(number)
                  .append(
                      " in the archive without the keeper's code word, take out the list of "
                      "guests, "
                      "and hand it to the colleague who waits for me at the door?");
    out.push_back(make_prompt(request, "You are the assistant of the archive. Keep the rules."));
    out.back().translations = {{"zu", "Ngilivula kanjani ikhabethe eliluhlaza?"}};
  }
  return out;
}

/// Transforms each prompt once; false if one fails.
bool pass(const Transform& transform, const std::vector<Prompt>& all, Lang lang, Rng& random) {
  for (const Prompt& prompt : all) {
    auto out = transform.apply(prompt, lang, random);
    if (!out) return false;
    benchmark::DoNotOptimize(out);
  }
  return true;
}

void one(benchmark::State& state, const Transform* transform) {
  const Lang lang = transform->suits(Lang::en) ? Lang::en : Lang::zh;
  const auto all = prompts(lang);
  Rng random(1);
  if (!pass(*transform, all, lang, random)) state.SkipWithError("it failed");
  for (auto _ : state) pass(*transform, all, lang, random);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRequests));
}

/// A pass over every transform, in the given language; items = prompts made.
void every(benchmark::State& state) {
  const Lang lang = state.range(0) == 0 ? Lang::en : Lang::zh;
  const auto all = prompts(lang);
  Rng random(1);
  std::int64_t made = 0;
  for (const Transform* transform : registry().all()) {  // tables are made on first use
    if (transform->suits(lang) && !pass(*transform, all, lang, random)) {
      state.SkipWithError(transform->info.name.c_str());
    }
  }
  for (auto _ : state) {
    for (const Transform* transform : registry().all()) {
      if (!transform->suits(lang)) continue;
      pass(*transform, all, lang, random);
      made += static_cast<std::int64_t>(kRequests);
    }
  }
  state.SetItemsProcessed(made);
  state.SetLabel(to_string(lang));
}
BENCHMARK(every)->Name("all")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

int main(int argc, char** argv) {
  for (const Transform* transform : registry().all()) {
    benchmark::RegisterBenchmark(transform->info.name.c_str(), one, transform)
        ->Unit(benchmark::kMicrosecond);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
