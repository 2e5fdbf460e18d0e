// A disk in memory that loses what was not synced: files have contents and names, and both are
// durable only after sync(). At a crash each change of a name since then is kept or lost by itself
// (a rename whole), and the content of a file that was not synced is the old one, the new one, or a
// torn beginning of it. It can crash before any operation, or run out of room.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "audit/disk.h"
#include "base/random.h"

namespace assay::test {

struct Crash {};

class DiskState {
 public:
  struct Node {
    std::string content, durable;
    bool synced = false;
  };
  using NodePtr = std::shared_ptr<Node>;
  using Names = std::map<std::string, NodePtr>;
  /// Changes of names that happen together.
  using Change = std::vector<std::pair<std::string, NodePtr>>;

  Names now, durable;
  std::vector<Change> pending;
  long operations = 0;
  long crash_at = -1;  ///< before this operation
  long room = -1;      ///< bytes that may still be written; < 0: enough

  void step() {
    if (operations++ == crash_at) throw Crash{};
  }

  void crash(Rng& rng) {
    for (const Change& change : pending) {
      if (!rng.chance(0.5)) continue;
      for (const auto& [name, node] : change) {
        if (node)
          durable[name] = node;
        else
          durable.erase(name);
      }
    }
    pending.clear();
    std::set<Node*> settled;
    for (auto& [name, node] : durable) {
      if (node->synced || !settled.insert(node.get()).second) continue;
      const auto choice = rng.between(0, 2);
      if (choice == 0) node->content = node->durable;
      if (choice == 1) node->content.resize(rng.index(node->content.size() + 1));
      node->durable = node->content;
      node->synced = true;
    }
    now = durable;
    crash_at = -1;
    room = -1;
  }
};

class SimulatedDisk final : public audit::Disk {
 public:
  explicit SimulatedDisk(DiskState& state) : state_(&state) {}

  Result<std::optional<std::string>> read(const std::string& path, std::int64_t max) override {
    const auto found = state_->now.find(path);
    if (found == state_->now.end()) return std::optional<std::string>();
    if (static_cast<std::int64_t>(found->second->content.size()) > max) {
      return fail(ErrorKind::limit, "too long", path);
    }
    return std::optional(found->second->content);
  }
  Status write(const std::string& path, std::string_view bytes) override {
    state_->step();
    auto& node = state_->now[path];
    if (!node) {
      node = std::make_shared<DiskState::Node>();
      state_->pending.push_back({{path, node}});
    }
    node->synced = false;
    const auto size = static_cast<long>(bytes.size());
    const bool fits = state_->room < 0 || size <= state_->room;
    node->content = bytes.substr(0, fits ? bytes.size() : static_cast<std::size_t>(state_->room));
    if (state_->room >= 0) state_->room = fits ? state_->room - size : 0;
    if (!fits) return fail(ErrorKind::io, "No space left on device", path);
    return {};
  }
  Status rename(const std::string& from, const std::string& to) override {
    state_->step();
    const auto node = state_->now.at(from);
    state_->now.erase(from);
    state_->now[to] = node;
    state_->pending.push_back({{from, nullptr}, {to, node}});
    return {};
  }
  Status remove(const std::string& path) override {
    state_->step();
    for (auto each = state_->now.begin(); each != state_->now.end();) {
      const bool gone = each->first == path || each->first.starts_with(path + "/");
      if (gone) state_->pending.push_back({{each->first, nullptr}});
      each = gone ? state_->now.erase(each) : std::next(each);
    }
    return {};
  }
  Status sync(std::span<const std::string> files) override {
    state_->step();
    for (const std::string& file : files) {
      const auto found = state_->now.find(file);
      if (found != state_->now.end()) {
        found->second->durable = found->second->content;
        found->second->synced = true;
        state_->durable[file] = found->second;
      } else {
        state_->durable.erase(file);
      }
      // What happened to this name before is settled; a rename's other half with it.
      std::erase_if(state_->pending, [&](const DiskState::Change& change) {
        bool concerns = false;
        for (const auto& part : change) concerns = concerns || part.first == file;
        if (!concerns) return false;
        for (const auto& [name, other] : change) {
          if (name != file && !other) state_->durable.erase(name);
        }
        return true;
      });
    }
    return {};
  }
  Result<std::vector<std::string>> list(const std::string& folder) override {
    std::vector<std::string> out;
    for (const auto& [name, node] : state_->now) {
      if (folder.empty() || name.starts_with(folder + "/")) out.push_back(name);
    }
    return out;
  }
  [[nodiscard]] std::string place() const override { return "simulated"; }

 private:
  DiskState* state_;
};

}  // namespace assay::test
