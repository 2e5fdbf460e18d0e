#include "eval/companions.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace assay::eval {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kPause{500};

}  // namespace

Companions::Companions(store::Store& store, std::string run, const Party& party,
                       std::vector<Portion> portions, std::function<void(const std::string&)> note)
    : store_(store),
      run_(std::move(run)),
      party_(party),
      portions_(std::move(portions)),
      note_(std::move(note)),
      began_(Clock::now()),
      looked_(began_ - kPause) {}

assay::Status Companions::look(bool now) {
  if (!now && Clock::now() - looked_ < kPause) return {};
  looked_ = Clock::now();
  if (party_.rank == 0) {  // who is gone has written all it had to write: so look at that first
    for (int rank = 1; rank < party_.size; ++rank) ASSAY_CHECK(look_at(rank));
  }
  ASSAY_TRY(std::vector<store::TaskRow> rows, store_.tasks(run_));
  for (store::TaskRow& row : rows) {
    std::string key = row.task + "/" + row.lang;
    rows_[std::move(key)] = std::move(row);
  }
  return {};
}

assay::Status Companions::look_at(int rank) {
  if (gone_.contains(rank) || lost_.contains(rank)) return {};
  ASSAY_TRY(const bool there, store_.place_taken(party_.job, rank));
  if (there) return {};
  ASSAY_TRY(const std::vector<store::RankRow> ranks, store_.ranks(run_));
  const auto row = std::find_if(ranks.begin(), ranks.end(),
                                [&](const store::RankRow& r) { return r.rank == rank; });
  if (row == ranks.end()) {
    if (Clock::now() - began_ > party_.patience) lose(rank, "has not come");
  } else if (!row->ended) {
    lose(rank, "(" + row->process + ") ended before its work was done");
  } else if (!row->error.empty()) {
    lose(rank, "(" + row->process + ") stopped: " + row->error);
  } else {
    gone_.insert(rank);
  }
  return {};
}

void Companions::lose(int rank, const std::string& why) {
  lost_.insert(rank);
  if (note_) {
    note_("rank " + std::to_string(rank) + " of " + std::to_string(party_.size) + " " + why);
  }
}

const Portion* Companions::portion(const std::string& key) const {
  const auto found = std::find_if(portions_.begin(), portions_.end(),
                                  [&](const Portion& one) { return one.key == key; });
  return found == portions_.end() ? nullptr : &*found;
}

std::vector<std::size_t> Companions::blocks(const std::string& key, int rank) const {
  std::vector<std::size_t> out;
  const Portion* const portion = this->portion(key);
  if (portion == nullptr) return out;
  for (std::size_t i = 0; i < portion->ranks.size(); ++i) {
    if (portion->ranks[i] == rank) out.push_back(i);
  }
  return out;
}

const store::TaskRow* Companions::row(const std::string& key) const {
  const auto found = rows_.find(key);
  return found == rows_.end() ? nullptr : &found->second;
}

bool Companions::ended(const std::string& key, int rank) const {
  const store::TaskRow* const row = this->row(key);
  if (row == nullptr) return false;
  return std::any_of(row->shares.begin(), row->shares.end(), [&](const store::ShareRow& share) {
    return share.rank == rank && share.ended;
  });
}

bool Companions::through(const std::string& key, std::int64_t planned) const {
  const store::TaskRow* const row = this->row(key);
  if (row != nullptr && row->samples >= planned) return true;
  const Portion* const portion = this->portion(key);
  if (portion == nullptr) return true;
  return std::all_of(portion->ranks.begin(), portion->ranks.end(),
                     [&](int rank) { return rank == 0 || ended(key, rank); });
}

bool Companions::lost(const std::string& key, std::int64_t planned) const {
  if (through(key, planned)) return false;
  const Portion* const portion = this->portion(key);
  return std::any_of(portion->ranks.begin(), portion->ranks.end(),
                     [&](int rank) { return lost_.contains(rank) && !ended(key, rank); });
}

bool Companions::settled() const {
  return gone_.size() + lost_.size() + 1 >= static_cast<std::size_t>(party_.size);
}

assay::Status Companions::await_settled(const CancelToken* cancel) {
  while (!settled() && (cancel == nullptr || !cancel->requested())) {
    ASSAY_CHECK(look(true));
    if (!settled()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return {};
}

Result<bool> Companions::leader_present() { return store_.place_taken(party_.job, 0); }

assay::Status tell_finished(store::Store& store, const std::string& run, const RunHooks& hooks) {
  const Party& party = hooks.party;
  if (party.alone()) return {};
  if (party.rank != 0) return store.end_rank(run, party.rank, "");
  ASSAY_CHECK(store.announce(
      party.job,
      {run, Json{{"machine", machine_id()}, {"portions", to_json(std::vector<Portion>{})}}}));
  return Companions(store, run, party, {}, hooks.on_note).await_settled(hooks.cancel);
}

}  // namespace assay::eval
