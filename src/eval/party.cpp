#include "eval/party.h"

#include <array>
#include <fstream>
#include <optional>
#include <thread>
#include <unistd.h>
#include <utility>

#include "eval/figure.h"
#include "eval/json_fields.h"

namespace assay::eval {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kPause{50};
constexpr std::chrono::milliseconds kServerPause{250};  // which all ranks ask

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : "this host";
}

/// What rank 0 announced; nothing while there is no store, no rank 0, or no word of it yet.
struct Heard {
  bool present = false;  ///< rank 0 is there
  std::optional<store::Announcement> announcement;
};

/// Looks into the store again and again. A server's session is kept; a file is opened anew, since
/// its tables may be made or brought forward meanwhile.
class Listener {
 public:
  Listener(std::string place, const Party& party)
      : place_(std::move(place)), party_(party), server_(store::is_server(place_)) {}

  /// An error only of a server: nothing is gained by waiting for that.
  Result<Heard> listen() {
    if (!store_) {
      auto opened = store::Store::open(place_, store::Mode::read);
      const bool wait = opened || !server_ || opened.error().kind == ErrorKind::not_found;
      if (!wait) return tl::unexpected(opened.error());
      if (!opened) return Heard{};  // not made yet, or half made
      store_.emplace(std::move(*opened));
    }
    Result<Heard> heard = hear();
    if (!server_) store_.reset();
    return heard;
  }

 private:
  Result<Heard> hear() {
    Heard heard;
    const auto present = store_->place_taken(party_.job, 0);
    if (!present && server_) return tl::unexpected(present.error());
    heard.present = present.value_or(false);
    if (!heard.present) return heard;
    auto found = store_->announcement(party_.job);
    if (!found && server_) return tl::unexpected(found.error());
    if (found) heard.announcement = std::move(*found);
    return heard;
  }

  std::string place_;
  const Party& party_;
  bool server_;
  std::optional<store::Store> store_;
};

assay::Status same_machine(const store::Announcement& announcement, const std::string& place) {
  if (store::is_server(place)) return {};
  const auto machine = announcement.shares.find("machine");
  if (machine == announcement.shares.end() || *machine == machine_id()) return {};
  return fail(ErrorKind::usage, "rank 0 runs on another machine, and this store is a file of one",
              place, "Start all ranks on one machine, or give --store postgresql://…");
}

Result<Joined> enter(const std::string& place, const Party& party,
                     const store::Announcement& announcement) {
  ASSAY_CHECK(same_machine(announcement, place));
  ASSAY_TRY(store::Store store, store::Store::open(place, store::Mode::join));
  ASSAY_CHECK(store.take_place(party.job, party.rank));
  ASSAY_CHECK(store.enter_rank(announcement.run, party.rank, process_name()));
  ASSAY_TRY(store::RunRow run, store.find_run(announcement.run));
  return Joined{std::move(store), std::move(run)};
}

std::string ordinal(const Party& party) {
  return "rank " + std::to_string(party.rank) + " of " + std::to_string(party.size);
}

}  // namespace

assay::Status open_party(store::Store& store, const Party& party) {
  if (party.alone()) return {};
  ASSAY_CHECK(store.withdraw(party.job));
  return store.take_place(party.job, 0);
}

Result<Joined> await_party(const std::string& store, const Party& party,
                           const CancelToken* cancel) {
  const Clock::time_point latest = Clock::now() + party.patience;
  Listener listener(store, party);
  bool seen = false;
  while (cancel == nullptr || !cancel->requested()) {
    ASSAY_TRY(Heard heard, listener.listen());
    if (heard.announcement) return enter(store, party, *heard.announcement);
    if (seen && !heard.present) {
      return fail(ErrorKind::not_found, "rank 0 ended before it began the run", ordinal(party),
                  "Its own message says why");
    }
    seen = seen || heard.present;
    if (!seen && Clock::now() > latest) {
      return fail(ErrorKind::not_found,
                  "rank 0 did not come within " + std::to_string(party.patience.count()) + " s",
                  ordinal(party), "Start all ranks, with the same --store");
    }
    std::this_thread::sleep_for(store::is_server(store) ? kServerPause : kPause);
  }
  return fail(ErrorKind::cancelled, "stopped while waiting for rank 0", ordinal(party));
}

Result<model::ModelInfo> model_of_run(const store::RunRow& run) {
  Fields header(run.begun.header, "run header");
  return model_info_from_json(header.object("model"));
}

std::string machine_id() {
  std::ifstream in("/proc/sys/kernel/random/boot_id");
  std::string id;
  return std::getline(in, id) ? id : host_name();
}

std::string process_name() { return "process " + std::to_string(getpid()) + " on " + host_name(); }

}  // namespace assay::eval
