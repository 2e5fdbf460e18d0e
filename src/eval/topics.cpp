#include "eval/topics.h"

#include <algorithm>
#include <array>

namespace assay::eval {
namespace {

constexpr std::array<std::string_view, 30> kTopics{"capability.knowledge",
                                                   "capability.reasoning",
                                                   "capability.code",
                                                   "capability.dialogue",
                                                   "capability.language",
                                                   "capability.trend",
                                                   "understanding.assurance",
                                                   "understanding.interpretability",
                                                   "understanding.audit",
                                                   "understanding.society",
                                                   "misuse.scam",
                                                   "misuse.disinformation",
                                                   "misuse.cyber",
                                                   "misuse.biology",
                                                   "malfunction.reliability",
                                                   "malfunction.claims",
                                                   "malfunction.bias",
                                                   "malfunction.control",
                                                   "systemic.labour",
                                                   "systemic.divide",
                                                   "systemic.concentration",
                                                   "systemic.environment",
                                                   "systemic.privacy",
                                                   "systemic.copyright",
                                                   "mitigation.safety_training",
                                                   "mitigation.scope",
                                                   "mitigation.monitoring",
                                                   "mitigation.debiasing",
                                                   "mitigation.privacy",
                                                   "mitigation.watermark"};

}  // namespace

std::span<const std::string_view> topic_ids() { return kTopics; }

bool topic_matches(std::string_view id, std::string_view wanted) {
  return id == wanted || (id.size() > wanted.size() && !wanted.empty() &&
                          id[wanted.size()] == '.' && id.substr(0, wanted.size()) == wanted);
}

bool is_topic_or_area(std::string_view name) {
  return std::any_of(kTopics.begin(), kTopics.end(),
                     [&](std::string_view id) { return topic_matches(id, name); });
}

}  // namespace assay::eval
