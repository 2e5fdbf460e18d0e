#include "eval/item_order.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/random.h"

namespace assay::eval {
namespace {

struct Cluster {
  std::vector<std::size_t> members;
  std::set<std::string> groups;
};

std::vector<Cluster> gather(const std::vector<Sample>& samples) {
  std::vector<Cluster> clusters;
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto [place, is_new] = known.try_emplace(cluster_of(samples[i]), clusters.size());
    if (is_new) clusters.emplace_back();
    clusters[place->second].members.push_back(i);
    clusters[place->second].groups.insert(samples[i].group);
  }
  return clusters;
}

}  // namespace

const std::string& cluster_of(const Sample& sample) {
  return sample.cluster.empty() ? sample.id : sample.cluster;
}

std::vector<Sample> balanced_order(std::vector<Sample> samples, std::uint64_t seed) {
  const std::vector<Cluster> clusters = gather(samples);
  std::map<std::set<std::string>, std::vector<std::size_t>> strata;
  for (std::size_t i = 0; i < clusters.size(); ++i) strata[clusters[i].groups].push_back(i);

  // The i-th of n clusters of a stratum stands at (i + 1/2) / n of the way.
  std::vector<std::pair<double, std::size_t>> places;
  Rng rng = Rng::named(seed, "item order");
  for (auto& [groups, members] : strata) {
    rng.shuffle(members);
    const auto n = static_cast<double>(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      places.emplace_back((static_cast<double>(i) + 0.5) / n, members[i]);
    }
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });

  std::vector<Sample> out;
  out.reserve(samples.size());
  for (const auto& place : places) {
    for (const std::size_t i : clusters[place.second].members) out.push_back(std::move(samples[i]));
  }
  return out;
}

void keep_first(std::vector<Sample>& samples, std::size_t count) {
  if (count == 0 || samples.size() <= count) return;
  while (count < samples.size() && cluster_of(samples[count]) == cluster_of(samples[count - 1])) {
    ++count;
  }
  samples.resize(count);
}

}  // namespace assay::eval
