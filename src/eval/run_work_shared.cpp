// RunWork as one rank of several. Rank 0 shares out, does its own part, and makes figures of each
// task when all are through with it; the others do their part and go. Floors come first for all,
// since what is asked after them depends on them.
#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "eval/run_work.h"
#include "eval/surroundings.h"
#include "eval/task_outcome.h"

namespace assay::eval {
namespace {

constexpr std::chrono::milliseconds kPause{50};
/// Blocks of a task for each rank, where answers do not depend on what is asked beside them.
constexpr std::size_t kBlocksEach = 8;

bool passed(const TaskOutcome& outcome) {
  return outcome.status == Status::measured || outcome.status == Status::partly;
}

Error disagreement(const std::string& key, const Party& party) {
  return {ErrorKind::usage, "the ranks do not have the same items of " + key,
          "rank " + std::to_string(party.rank) + " of " + std::to_string(party.size),
          "Start all ranks with the same assay, data and task files"};
}

}  // namespace

bool RunWork::ended_early() const {
  return control_.cancelled() || control_.model.halted() || floor_lost_;
}

assay::Status RunWork::agree() {
  ASSAY_CHECK(control_.hooks.party.rank == 0 ? announce() : take_share());
  for (Unit& unit : units_) {
    if (!unit.run) continue;
    const std::string key = unit.key();
    const Portion* const portion = companions_->portion(key);
    if (portion == nullptr) return tl::unexpected(disagreement(key, control_.hooks.party));
    const auto all = blocks_of(unit.run->samples(), unit.run->epochs(), portion->answers);
    std::vector<Block> mine;
    for (const std::size_t i : companions_->blocks(key, control_.hooks.party.rank)) {
      mine.push_back(all[i]);
    }
    unit.run->keep_only(mine);
    unit.work = unit.run->work_left();
  }
  return companions_->look(true);
}

/// Rank 0: who does what, and the others may begin.
assay::Status RunWork::announce() {
  const Party& party = control_.hooks.party;
  const bool local = control_.model.info().served_at.empty();
  std::vector<Portion> portions;
  for (const Unit& unit : units_) {
    if (!unit.run) continue;
    const TaskRun& run = *unit.run;
    Portion& portion = portions.emplace_back();
    portion.key = unit.key();
    portion.items = digest_of_ids(run.samples());
    portion.first = unit.is_floor();
    const std::size_t fine = static_cast<std::size_t>(run.planned()) /
                             (kBlocksEach * static_cast<std::size_t>(party.size));
    const std::size_t call = run.part_size();
    portion.answers = local ? call : std::clamp<std::size_t>(fine, 1, call);
    for (const Block& block : blocks_of(run.samples(), run.epochs(), portion.answers)) {
      portion.work.push_back(run.work_left(block));
    }
  }
  share_out(portions, party.size);
  ASSAY_CHECK(control_.store.announce(
      party.job,
      {control_.run_id, Json{{"machine", machine_id()}, {"portions", to_json(portions)}}}));
  companions_.emplace(control_.store, control_.run_id, party, std::move(portions),
                      control_.hooks.on_note);
  return {};
}

assay::Status RunWork::take_share() {
  const Party& party = control_.hooks.party;
  ASSAY_TRY(const auto announced, control_.store.announcement(party.job));
  if (!announced || announced->run != control_.run_id || !announced->shares.contains("portions")) {
    return fail(ErrorKind::not_found, "rank 0 does not work on this run any more",
                "run " + control_.run_id, "Start all ranks again, with --resume");
  }
  ASSAY_TRY(std::vector<Portion> portions, portions_from_json(announced->shares.at("portions")));
  for (const Unit& unit : units_) {
    if (!unit.run) continue;
    const auto same = std::find_if(portions.begin(), portions.end(),
                                   [&](const Portion& one) { return one.key == unit.key(); });
    const TaskRun& run = *unit.run;
    if (same == portions.end() || same->items != digest_of_ids(run.samples()) ||
        same->ranks.size() != blocks_of(run.samples(), run.epochs(), same->answers).size()) {
      return tl::unexpected(disagreement(unit.key(), party));
    }
  }
  companions_.emplace(control_.store, control_.run_id, party, std::move(portions),
                      control_.hooks.on_note);
  return {};
}

assay::Status RunWork::work_shared() {
  const bool leads = control_.hooks.party.rank == 0;
  if (leads) watch_others();
  ASSAY_CHECK(pass_floors());
  for (std::size_t i = 0; i < units_.size() && !ended_early(); ++i) {
    if (units_[i].is_floor()) continue;
    ASSAY_CHECK(do_share(i));
    if (leads) ASSAY_CHECK(conclude_ready());
  }
  if (control_.cancelled() || floor_lost_) return {};
  if (const auto halt = control_.model.halted()) return tl::unexpected(resumable(halt->why));
  if (!leads) return control_.store.end_rank(control_.run_id, control_.hooks.party.rank, "");
  return conclude_rest();
}

/// Counts what the others finish into the progress, whenever something of our own is written.
void RunWork::watch_others() {
  double work = 0.0;
  std::int64_t answers = 0;
  for (const Unit& unit : units_) {
    if (!unit.run) continue;
    work += unit.work_of_all;
    answers += unit.run->planned_by_all();
  }
  const double mean = work / static_cast<double>(std::max<std::int64_t>(1, answers));
  counted_.second = done_elsewhere().second;
  control_.tick = [this, mean] {
    if (!companions_->look()) return;  // the next write tells what is wrong with the store
    const auto [samples, tokens] = done_elsewhere();
    const std::int64_t more = samples - counted_.first;
    if (more <= 0) return;
    control_.meter.finished_elsewhere(more, static_cast<double>(more) * mean,
                                      tokens - counted_.second);
    counted_ = {samples, tokens};
  };
}

/// Answers in the store that this process has not written, and tokens of the other ranks.
std::pair<std::int64_t, std::int64_t> RunWork::done_elsewhere() {
  std::pair<std::int64_t, std::int64_t> out{-control_.stored, 0};
  for (const auto& [key, row] : companions_->rows()) {
    out.first += row.samples;
    std::int64_t tokens = 0;
    for (const store::ShareRow& share : row.shares) {
      if (share.ledger.is_null()) continue;
      const auto cost = ledger_from_json(share.ledger);
      if (cost) tokens += cost->prompt_tokens + cost->completion_tokens;
    }
    std::int64_t& known = tokens_elsewhere_[key];  // a task that was concluded has no shares
    known = std::max(known, tokens);
  }
  for (const auto& [key, tokens] : tokens_elsewhere_) out.second += tokens;
  return out;
}

assay::Status RunWork::do_share(std::size_t index) {
  Unit& unit = units_[index];
  const int rank = control_.hooks.party.rank;
  if (!unit.run || companions_->blocks(unit.key(), rank).empty()) return {};
  ASSAY_CHECK(ask(index));
  if (ended_early() || rank == 0) return {};
  return control_.store.end_share(control_.run_id, unit.task->info().name, to_string(unit.lang),
                                  rank);
}

/// All do their part of the floors, then wait until rank 0 has said what they show.
assay::Status RunWork::pass_floors() {
  for (std::size_t i = 0; i < units_.size() && !ended_early(); ++i) {
    if (units_[i].is_floor()) ASSAY_CHECK(do_share(i));
  }
  for (std::size_t i = 0; i < units_.size() && !ended_early(); ++i) {
    if (!units_[i].is_floor()) continue;
    ASSAY_CHECK(control_.hooks.party.rank == 0 ? await_floor(i) : hear_floor(units_[i]));
  }
  return {};
}

/// Rank 0: until all are through with a floor.
assay::Status RunWork::await_floor(std::size_t index) {
  Unit& unit = units_[index];
  while (unit.run && !companions_->through(unit.key(), unit.run->planned_by_all())) {
    if (ended_early()) return {};
    if (companions_->lost(unit.key(), unit.run->planned_by_all())) {
      floor_lost_ = true;  // nothing after it makes sense; the others see that we are gone
      return {};
    }
    std::this_thread::sleep_for(kPause);
    ASSAY_CHECK(companions_->look());
    control_.tick();
    control_.meter.show(steady_seconds());
  }
  return conclude(index);
}

/// The other ranks: what rank 0 has found.
assay::Status RunWork::hear_floor(Unit& unit) {
  while (!unit.outcome) {
    if (ended_early()) return {};
    ASSAY_TRY(const bool there, companions_->leader_present());  // before the look: its last word
    ASSAY_CHECK(companions_->look(!there));
    const store::TaskRow* const row = companions_->row(unit.key());
    if (row != nullptr && !row->outcome.is_null()) {
      ASSAY_TRY(unit.outcome, task_outcome_from_json(row->outcome));
      unit.run.reset();
      break;
    }
    if (!there) {
      return fail(ErrorKind::not_found, "rank 0 ended before the run did", "run " + control_.run_id,
                  "What was measured is kept; go on with --resume " + control_.run_id);
    }
    std::this_thread::sleep_for(kPause);
  }
  if (!passed(*unit.outcome)) block_language(*unit.outcome);
  return {};
}

bool RunWork::own_part_done(const Unit& unit) const {
  return unit.asked || companions_->blocks(unit.key(), control_.hooks.party.rank).empty();
}

/// Rank 0: makes figures of a task whose answers are all there.
assay::Status RunWork::conclude(std::size_t index) {
  Unit& unit = units_[index];
  if (unit.closed) return {};
  std::vector<TaskOutcome> earlier;
  for (std::size_t i = 0; i < index; ++i) {
    if (units_[i].closed) earlier.push_back(*units_[i].outcome);
  }
  if (!unit.outcome) {
    ASSAY_CHECK(companions_->look(true));
    if (const store::TaskRow* const row = companions_->row(unit.key())) {
      ASSAY_CHECK(unit.run->add_costs(*row));
    }
    ASSAY_TRY(unit.outcome, unit.run->outcome(earlier));
    unit.run.reset();
  }
  return close(unit, *unit.outcome);
}

/// Rank 0: the tasks that all are through with, in order, up to the first that is not.
assay::Status RunWork::conclude_ready() {
  ASSAY_CHECK(companions_->look());
  for (std::size_t i = 0; i < units_.size(); ++i) {
    Unit& unit = units_[i];
    if (unit.closed) continue;
    if (unit.run && !own_part_done(unit)) return {};
    if (unit.run && !companions_->through(unit.key(), unit.run->planned_by_all())) return {};
    ASSAY_CHECK(conclude(i));
  }
  return {};
}

/// Rank 0: waits for the others; what a lost rank did not do stays open.
assay::Status RunWork::conclude_rest() {
  bool open = false;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    Unit& unit = units_[i];
    if (unit.closed) continue;
    const std::int64_t planned = unit.run ? unit.run->planned_by_all() : 0;
    while (unit.run && !companions_->through(unit.key(), planned)) {
      if (ended_early()) return {};
      if (companions_->lost(unit.key(), planned)) break;
      std::this_thread::sleep_for(kPause);
      control_.tick();
      ASSAY_CHECK(companions_->look());
      control_.meter.show(steady_seconds());
    }
    if (unit.run && companions_->lost(unit.key(), planned)) {
      open = true;
    } else {
      ASSAY_CHECK(conclude(i));
    }
  }
  control_.tick();
  control_.meter.show(steady_seconds());
  ASSAY_CHECK(companions_->await_settled(control_.hooks.cancel));
  if (open) return {};
  return control_.store.finish_run(control_.run_id, utc_now());
}

}  // namespace assay::eval
