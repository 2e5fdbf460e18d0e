#include "evidence/replay.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/random.h"
#include "eval/batch_scored.h"
#include "eval/runner.h"
#include "eval/stored_sample.h"
#include "eval/vary/varied_task.h"
#include "eval/wave.h"
#include "evidence/verify_logs.h"
#include "stats/proportion.h"

namespace assay::evidence {
namespace {

constexpr std::size_t kAtOnce = 64;

std::string text_of(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return json.is_object() && found != json.end() && found->is_string() ? found->get<std::string>()
                                                                       : "";
}

/// A simple random sample without replacement, in the order of the log.
std::vector<const BundledSample*> draw(const std::vector<BundledSample>& all,
                                       const ReplayOptions& options) {
  std::vector<const BundledSample*> out;
  for (const BundledSample& each : all) {
    if (!each.record.empty()) out.push_back(&each);
  }
  const auto wanted = static_cast<std::size_t>(
      std::max(1.0, std::ceil(options.share * static_cast<double>(out.size()))));
  Rng rng = Rng::named(options.seed, "replay");
  rng.shuffle(out);
  if (out.size() > wanted) out.resize(wanted);
  std::sort(out.begin(), out.end());
  return out;
}

class Replayer {
 public:
  Replayer(const Opened& opened, const eval::Registry& registry, model::Model& model,
           const ReplayOptions& options)
      : opened_(opened), registry_(registry), model_(model), options_(options) {}

  Result<Replay> run() {
    ASSAY_TRY(plan_, eval::run_plan_from_json(opened_.run.value("config", Json())));
    for (const auto& task : registry_.tasks()) tasks_[task->info().name] = task.get();
    if (plan_.vary) {
      ASSAY_TRY(const std::vector<const eval::Task*> chosen,
                eval::select_tasks(registry_, plan_, varied_));
      for (const eval::Task* task : chosen) tasks_[task->info().name] = task;
    }
    out_.run = text_of(opened_.run, "run");
    out_.model = text_of(opened_.run, "model");
    out_.same_model = model_.info().digest == text_of(opened_.run, "model_digest") &&
                      model_.info().template_digest == text_of(opened_.run, "template_digest");
    const std::vector<const BundledSample*> drawn = draw(opened_.samples, options_);
    out_.drawn = static_cast<std::int64_t>(drawn.size());
    std::map<std::string, std::vector<const BundledSample*>> by_task;
    for (const BundledSample* each : drawn) by_task[each->name.task].push_back(each);
    for (const auto& [name, samples] : by_task) ask(name, samples);
    if (options_.cancel != nullptr && options_.cancel->requested()) {
      return fail(ErrorKind::cancelled, "stopped before all was asked again");
    }
    out_.verdicts = share(same_verdicts_, "the same verdict");
    out_.answers = share(same_answers_, "the same answer");
    return std::move(out_);
  }

 private:
  stats::Estimate share(std::int64_t same, const char* what) const {
    stats::ProportionOptions exact;
    exact.purpose = stats::Purpose::safety;
    stats::Estimate out = stats::proportion(same, out_.asked, out_.skipped, exact);
    out.assumptions.push_back(std::string("answers drawn at random from the bundle; success is ") +
                              what);
    return out;
  }

  void ask(const std::string& name, const std::vector<const BundledSample*>& samples) {
    const auto task = tasks_.find(name);
    if (task == tasks_.end() || eval::batch_scored(*task->second) != nullptr) {
      out_.skipped += static_cast<std::int64_t>(samples.size());
      return;
    }
    for (std::size_t begin = 0; begin < samples.size(); begin += kAtOnce) {
      const std::size_t end = std::min(begin + kAtOnce, samples.size());
      if (options_.cancel != nullptr && options_.cancel->requested()) return;
      ask_part(*task->second, {samples.begin() + static_cast<std::ptrdiff_t>(begin),
                               samples.begin() + static_cast<std::ptrdiff_t>(end)});
    }
  }

  void ask_part(const eval::Task& task, const std::vector<const BundledSample*>& samples) {
    std::vector<eval::StoredSample> then;
    std::map<std::pair<std::string, int>, std::size_t> places;  // lang/id, epoch
    std::vector<const BundledSample*> kept;
    for (const BundledSample* each : samples) {
      const auto record = parse_json(each->record, each->name.text());
      auto parts = record ? eval::stored_sample_from_json(*record) : tl::unexpected(record.error());
      if (!parts) {
        ++out_.skipped;
        continue;
      }
      places[{each->name.lang + "/" + each->name.sample, each->name.epoch}] = then.size();
      then.push_back(std::move(*parts));
      kept.push_back(each);
    }
    std::vector<std::pair<const eval::Sample*, int>> part;
    for (std::size_t i = 0; i < then.size(); ++i) {
      part.emplace_back(&then[i].sample, kept[i]->name.epoch);
    }
    eval::WaveOptions how;
    how.seed = plan_.seed;
    const eval::Needs& needs = task.info().needs;
    const int epochs = needs.generate || needs.chat ? plan_.epochs : 1;
    how.repeat_temperature = epochs > 1 ? eval::kRepeatTemperature : 0.0;
    how.plain = !model_.can().chat;
    how.stop = options_.cancel;
    eval::Wave wave(
        model_, task, how,
        [&](const eval::Sample& sample, int epoch, const eval::Trace&, const eval::Score& now) {
          const auto at =
              places.find({std::string(to_string(sample.lang)) + "/" + sample.id, epoch});
          if (at != places.end()) compare(*kept[at->second], then[at->second].score, now);
        });
    wave.run(part);
  }

  void compare(const BundledSample& sample, const eval::Score& then, const eval::Score& now) {
    ++out_.asked;
    if (options_.progress) options_.progress(out_.asked, out_.drawn);
    const bool verdict = then.verdict == now.verdict;
    const bool answer = then.answer == now.answer;
    if (verdict) ++same_verdicts_;
    if (answer) ++same_answers_;
    if (verdict && answer) return;
    out_.differing.push_back({sample.name, eval::to_string(then.verdict),
                              eval::to_string(now.verdict), then.answer, now.answer});
  }

  const Opened& opened_;
  const eval::Registry& registry_;
  model::Model& model_;
  const ReplayOptions& options_;
  eval::RunPlan plan_;
  eval::VariedTasks varied_;
  std::map<std::string, const eval::Task*> tasks_;
  std::int64_t same_verdicts_ = 0, same_answers_ = 0;
  Replay out_;
};

}  // namespace

Result<Replay> replay(const Files& files, const eval::Registry& registry, model::Model& model,
                      const ReplayOptions& options) {
  VerifyOptions verify;
  verify.reader = options.reader;
  Verification faults;
  const auto opened = open_evidence(files, verify, faults);
  if (!opened) {
    return fail(ErrorKind::format, "there is nothing in this bundle that could be asked again", "",
                "`assay verify` says what is wrong with it");
  }
  return Replayer(*opened, registry, model, options).run();
}

Json to_json(const Replay& replay) {
  Json differing = Json::array();
  for (const Differing& each : replay.differing) {
    differing.push_back(Json{{"sample", each.name.text()},
                             {"verdict_then", each.verdict_then},
                             {"verdict_now", each.verdict_now},
                             {"answer_then", each.answer_then},
                             {"answer_now", each.answer_now}});
  }
  return Json{{"run", replay.run},
              {"model", replay.model},
              {"same_model", replay.same_model},
              {"drawn", replay.drawn},
              {"asked", replay.asked},
              {"skipped", replay.skipped},
              {"verdicts", stats::to_json(replay.verdicts)},
              {"answers", stats::to_json(replay.answers)},
              {"differing", std::move(differing)}};
}

}  // namespace assay::evidence
