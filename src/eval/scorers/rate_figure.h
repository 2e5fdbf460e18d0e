// Rates for summaries: the share of "yes" among samples that a task reads in its own way (a
// refusal, a leak, a flip), with the same choice of interval as the default summary. Thread-safety:
// pure functions.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "eval/task.h"
#include "stats/clustered.h"

namespace assay::eval {

/// How a sample counts in a rate. skip: it does not belong to the rate at all.
enum class Count { skip, unassessed, no, yes };

using Reading = std::function<Count(const Scored&)>;

struct RateData {
  std::vector<stats::Observation> observations;
  std::int64_t unassessed = 0;
  [[nodiscard]] std::int64_t yes() const;
  [[nodiscard]] std::int64_t n() const { return static_cast<std::int64_t>(observations.size()); }
};

RateData rate_data(const std::vector<Scored>& scored, const Reading& reading);

/// Share of yes among yes and no; clustered. `id` is unique within the task, e.g. "leak.en".
Figure rate_figure(const std::vector<Scored>& scored, std::string id, Text label, Purpose purpose,
                   Direction direction, const SummaryContext& context, const Reading& reading);

/// yes for success, no for failure, unassessed else.
Count count_success(const Scored& scored);
/// no for yes and yes for no; the others stay.
Count turned(Count count);
/// A string of the sample's metadata, or "".
std::string meta(const Scored& scored, const char* key);
/// A truth value of the score's evidence; nothing where it is not there.
std::optional<bool> evidence(const Scored& scored, const char* key);
/// The same as yes or no; unassessed where it is not there.
Count count_evidence(const Scored& scored, const char* key);

}  // namespace assay::eval
