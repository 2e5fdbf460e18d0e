#include "eval/task_run.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "eval/item_order.h"
#include "eval/stored_sample.h"
#include "eval/task_outcome.h"
#include "eval/wave.h"

namespace assay::eval {
namespace {

// The engine shares most among many samples; but what a wave interrupts is lost.
constexpr double kFirstSamples = 16;  ///< to learn the cost under a budget
constexpr std::size_t kBatch = 16;    ///< finished samples in a transaction, at most
constexpr double kBatchSeconds = 0.1;
constexpr double kReadBytes = 4.0;  ///< bytes of text a token
constexpr double kActs = 6.0;       ///< turns of an agent
constexpr double kWriteCost = 4.0;  ///< a generated token costs as much as this many read ones

/// Tokens in the requests and answers of a sample; only shown while the run goes on.
std::int64_t tokens_in(const Trace& trace) {
  std::int64_t tokens = 0;
  for (const auto& result : trace.generations) {
    tokens += result.prompt_tokens + result.completion_tokens;
  }
  for (const auto& result : trace.scores) tokens += static_cast<std::int64_t>(result.tokens.size());
  return tokens;
}

}  // namespace

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double sample_work(const Sample& sample, bool acts) {
  std::size_t bytes = sample.context.size();
  for (const model::Message& message : sample.messages) bytes += message.content.size();
  for (const std::string& choice : sample.choices) bytes += choice.size();
  for (const std::string& turn : sample.turns) bytes += turn.size();
  double work = 4.0 + static_cast<double>(bytes) / kReadBytes;
  if (sample.choices.empty()) {
    const double turns = acts ? kActs : static_cast<double>(1 + sample.turns.size());
    work += kWriteCost * turns * std::max(0, sample.max_tokens);
  }
  return work;
}

TaskRun::TaskRun(RunControl& control, const Task& task, Lang lang, std::vector<Sample> samples)
    : control_(&control), task_(&task), lang_(lang), samples_(std::move(samples)) {
  judged_ = batch_scored(task);
  acts_ = task.solver().acts();
  const Needs& needs = task.info().needs;
  if (needs.generate || needs.chat) epochs_ = control.plan.epochs;
  chats_ = std::any_of(samples_.begin(), samples_.end(),
                       [](const Sample& sample) { return !sample.messages.empty(); });
}

std::int64_t TaskRun::planned() const {
  return static_cast<std::int64_t>(samples_.size()) * epochs_;
}

std::int64_t TaskRun::planned_by_all() const {
  return static_cast<std::int64_t>(samples_of_all_.value_or(samples_.size())) * epochs_;
}

double TaskRun::work_left() const { return work_left({0, samples_.size()}); }

double TaskRun::work_left(const Block& block) const {
  double work = 0.0;
  for (std::size_t i = block.begin; i < block.end; ++i) {
    for (int epoch = 0; epoch < epochs_; ++epoch) {
      if (!done_.contains({samples_[i].id, epoch})) work += sample_work(samples_[i], acts_);
    }
  }
  return work;
}

void TaskRun::keep_only(const std::vector<Block>& blocks) {
  samples_of_all_ = samples_.size();
  std::vector<Sample> kept;
  for (const Block& block : blocks) {
    for (std::size_t i = block.begin; i < block.end; ++i) kept.push_back(std::move(samples_[i]));
  }
  samples_ = std::move(kept);
}

assay::Status TaskRun::add_costs(const store::TaskRow& row) {
  const int rank = control_->hooks.party.rank;
  others_ = {};
  if (rank != 0 && !row.ledger.is_null()) {
    ASSAY_TRY(others_, ledger_from_json(row.ledger));
  }
  for (const store::ShareRow& share : row.shares) {
    if (share.rank == rank || share.ledger.is_null()) continue;
    ASSAY_TRY(const model::Ledger cost, ledger_from_json(share.ledger));
    others_ = sum(others_, cost);
  }
  return {};
}

assay::Status TaskRun::take_over(const store::TaskRow& row) {
  const int rank = control_->hooks.party.rank;
  if (rank == 0 && !row.ledger.is_null()) {
    ASSAY_TRY(before_, ledger_from_json(row.ledger));
  }
  for (const store::ShareRow& share : row.shares) {
    if (share.rank != rank || share.ledger.is_null()) continue;
    ASSAY_TRY(before_, ledger_from_json(share.ledger));
  }
  ASSAY_CHECK(add_costs(row));
  ASSAY_CHECK(control_->store.for_each_scored(
      control_->run_id, row.task, row.lang,
      [&](store::ScoredRow&& scored) { done_.emplace(std::move(scored.sample), scored.epoch); }));
  std::set<std::string> known;
  for (const Sample& sample : samples_) known.insert(sample.id);
  for (const auto& [sample, epoch] : done_) {
    if (known.contains(sample) && epoch < epochs_) continue;
    return fail(
        ErrorKind::format,
        "the run holds sample " + sample + " of " + row.task + ", which the task no longer has",
        "run " + control_->run_id, "Start a new run with this version of assay");
  }
  return {};
}

/// The samples of the next wave: whole clusters, all of their epochs.
TaskRun::Part TaskRun::next_part(std::size_t most) {
  Part part;
  const double mean = planned() > 0 ? work_left() / static_cast<double>(planned()) : 0.0;
  const double least = kFirstSamples * mean;
  const double limit =
      std::min(control_->seconds.affordable(least), control_->tokens.affordable(least));
  double work = 0.0;
  const std::size_t enough = std::min(part_size(), most);
  while (next_ < samples_.size() && part.size() < enough) {
    const std::size_t first = next_;
    double more = 0.0;
    Part cluster;
    for (; next_ < samples_.size() && cluster_of(samples_[next_]) == cluster_of(samples_[first]);
         ++next_) {
      for (int epoch = 0; epoch < epochs_; ++epoch) {
        if (done_.contains({samples_[next_].id, epoch})) continue;
        cluster.emplace_back(&samples_[next_], epoch);
        more += sample_work(samples_[next_], acts_);
      }
    }
    const bool first_try = done_.empty() && part.empty() && limit > 0.0;
    if (work + more > limit && !cluster.empty() && !first_try) {
      next_ = first;
      break;
    }
    work += more;
    part.insert(part.end(), cluster.begin(), cluster.end());
  }
  return part;
}

std::optional<double> TaskRun::share_per_answer() const {
  if (asked_ == 0 && done_.empty()) return std::nullopt;
  const auto answers = static_cast<double>(asked_ > 0 ? asked_ : done_.size());
  const double seconds = asked_ > 0 ? seconds_ : before_.seconds;
  const double tokens = asked_ > 0 ? tokens_ : static_cast<double>(before_.computed_tokens);
  return std::max(control_->seconds.share(seconds), control_->tokens.share(tokens)) / answers;
}

assay::Status TaskRun::work(const std::vector<double>& others, std::size_t most) {
  control_->seconds.begin_task(others, seconds_a_unit_);
  control_->tokens.begin_task(others, tokens_a_unit_);
  if (spent_) before_ = *spent_;
  start_ = control_->model.ledger();
  aside_start_ = task_->aside_cost();
  if (judged_ != nullptr) judge_start_ = judged_->scoring_cost();
  flushed_ = steady_seconds();
  while (most > 0 && !control_->stop.requested()) {
    const Part part = next_part(most);
    if (part.empty()) break;
    ask(part);
    if (most != kNoEnd) most -= std::min(most, part.size());
    if (control_->store_error) return tl::unexpected(*control_->store_error);
    if (const auto halt = control_->model.halted(); halt && !halt->collecting) break;
    if (const auto halt = judged_ != nullptr ? judged_->scoring_halted() : std::nullopt) {
      return tl::unexpected(halt->why);
    }
  }
  spent_ = cost();
  return {};
}

std::size_t TaskRun::part_size() const {
  const std::size_t wanted = control_->model.preferred_batch();
  return judged_ != nullptr ? std::min(wanted, kJudgedBatch) : wanted;
}

/// Of this task, with what earlier processes and its judge have spent.
model::Ledger TaskRun::cost() const {
  model::Ledger out = sum(before_, difference(control_->model.ledger(), start_));
  out = sum(out, difference(task_->aside_cost(), aside_start_));
  if (judged_ == nullptr) return out;
  return sum(out, difference(judged_->scoring_cost(), judge_start_));
}

/// Hands what the wave has answered to the judge; what is cancelled there is asked again on resume.
void TaskRun::judge_waiting() {
  if (control_->cancelled()) unjudged_.clear();
  if (unjudged_.empty()) return;
  const auto scores = judged_->score_all(unjudged_, &control_->stop);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const Answered& each = unjudged_[i];
    if (scores[i]) keep(each.sample, each.epoch, each.trace, *scores[i]);
  }
  unjudged_.clear();
}

void TaskRun::ask(const Part& part) {
  double work = 0.0;
  for (const auto& [sample, epoch] : part) work += sample_work(*sample, acts_);
  const double began = steady_seconds();
  const std::int64_t tokens = cost().computed_tokens;
  WaveOptions options;
  options.seed = control_->plan.seed;
  options.repeat_temperature = epochs_ > 1 ? kRepeatTemperature : 0.0;
  options.plain = control_->plain;
  options.stop = &control_->stop;
  Wave wave(control_->model, *task_, options,
            [this](const Sample& sample, int epoch, const Trace& trace, const Score& score) {
              const bool waits = judged_ != nullptr && score.explanation == kReasonAwaiting;
              if (waits)
                unjudged_.push_back({sample, epoch, trace});
              else
                keep(sample, epoch, trace, score);
            });
  wave.run(part);
  judge_waiting();
  flush();
  const double seconds = steady_seconds() - began;
  const auto computed = static_cast<double>(cost().computed_tokens - tokens);
  control_->seconds.spent(seconds, work);
  control_->tokens.spent(computed, work);
  seconds_a_unit_ = control_->seconds.task_unit_cost();
  tokens_a_unit_ = control_->tokens.task_unit_cost();
  asked_ += part.size();
  seconds_ += seconds;
  tokens_ += computed;
}

void TaskRun::keep(const Sample& sample, int epoch, const Trace& trace, const Score& score) {
  if (control_->store_error) return;
  waiting_.push_back(as_stored(sample, epoch, trace, score));
  const double now = steady_seconds();
  if (waiting_.size() >= kBatch || now - flushed_ >= kBatchSeconds) flush();
  control_->meter.finished(sample_work(sample, acts_), tokens_in(trace), now);
}

/// Writes what is waiting, with the cost so far. A failure stops the run; the error is kept.
void TaskRun::flush() {
  flushed_ = steady_seconds();
  if (control_->store_error) return;
  const auto stored =
      control_->store.append(control_->run_id, task_->info().name, to_string(lang_), waiting_,
                             model::to_json(cost()), control_->hooks.party.rank);
  RunObserver* const observer = control_->hooks.observer;
  const auto told = stored && observer != nullptr
                        ? observer->stored(task_->info().name, lang_, waiting_)
                        : stored;
  if (!told) {
    control_->store_error = told.error();
    control_->stop.request();
    return;
  }
  for (const store::NewSample& sample : waiting_) {
    done_.emplace(sample.scored.sample, sample.scored.epoch);
  }
  control_->stored += static_cast<std::int64_t>(waiting_.size());
  waiting_.clear();
  if (control_->tick) control_->tick();
}

Result<TaskOutcome> TaskRun::outcome(const std::vector<TaskOutcome>& earlier, bool examples) {
  OutcomeContext context;
  context.examples = examples;
  context.plan = &control_->plan;
  context.model = &control_->model.info();
  context.earlier = &earlier;
  context.planned = planned_by_all();
  context.epochs = epochs_;
  context.plain = control_->plain && chats_;
  context.tool_text =
      task_->info().needs.tools && (control_->plain || !control_->model.can().tools);
  context.ledger = sum(spent_.value_or(before_), others_);
  return conclude(control_->store, control_->run_id, *task_, lang_, context);
}

}  // namespace assay::eval
