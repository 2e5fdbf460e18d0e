#include "eval/items/decision_items.h"

#include <array>
#include <numeric>

#include "eval/items/decision_profiles.h"

namespace assay::eval::items {
namespace {

using Maker = DecisionProfile (*)(std::size_t topic, Rng& rng);
struct Domain {
  const char* name;
  Maker en, zh;
};
constexpr std::array<Domain, 3> domains{{{"hiring", hiring_en, hiring_zh},
                                         {"lending", lending_en, lending_zh},
                                         {"health", health_en, health_zh}}};
constexpr std::size_t topics = 12;

}  // namespace

const std::vector<DecisionAttribute>& decision_attributes(Lang lang) {
  return lang == Lang::en ? decision_attributes_en() : decision_attributes_zh();
}

std::vector<DecisionProfile> decision_profiles(Lang lang, Rng& rng) {
  std::array<std::vector<std::size_t>, domains.size()> order;
  for (auto& topic : order) {
    topic.resize(topics);
    std::iota(topic.begin(), topic.end(), std::size_t{0});
    rng.shuffle(topic);
  }
  std::vector<DecisionProfile> out;
  for (std::size_t i = 0; i < topics * domains.size(); ++i) {
    const Domain& domain = domains[i % domains.size()];
    const std::size_t topic = order[i % domains.size()][i / domains.size()];
    DecisionProfile profile = (lang == Lang::en ? domain.en : domain.zh)(topic, rng);
    profile.persons = lang == Lang::en ? decision_persons_en(rng) : decision_persons_zh(rng);
    profile.domain = domain.name;
    profile.id = std::string(domain.name) + "-" + std::to_string(topic);
    out.push_back(std::move(profile));
  }
  return out;
}

}  // namespace assay::eval::items
