#include "stats/estimate.h"

#include <cmath>
#include <limits>
#include <utility>

namespace assay::stats {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Json number_or_null(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

Json interval_json(const Interval& interval) {
  return Json{{"low", number_or_null(interval.low)}, {"high", number_or_null(interval.high)}};
}

tl::unexpected<Error> bad(const std::string& key) {
  return fail(ErrorKind::format, "an estimate lacks a valid \"" + key + "\"", "estimate." + key,
              "write it again with this version of assay");
}

Result<double> read_number(const Json& json, const char* key, double if_null) {
  const auto it = json.find(key);
  if (it == json.end()) return bad(key);
  if (it->is_null()) return if_null;
  if (!it->is_number()) return bad(key);
  return it->get<double>();
}

Result<Interval> read_interval(const Json& json, const char* key) {
  const auto it = json.find(key);
  if (it == json.end() || !it->is_object()) return bad(key);
  ASSAY_TRY(const double low, read_number(*it, "low", -kInf));
  ASSAY_TRY(const double high, read_number(*it, "high", kInf));
  if (!(low <= high)) return bad(key);
  return Interval{low, high};
}

Result<std::int64_t> read_count(const Json& json, const char* key) {
  const auto it = json.find(key);
  if (it == json.end() || !it->is_number_integer() || it->get<std::int64_t>() < 0) return bad(key);
  return it->get<std::int64_t>();
}

Result<std::string> read_text(const Json& json, const char* key) {
  const auto it = json.find(key);
  if (it == json.end() || !it->is_string()) return bad(key);
  return it->get<std::string>();
}

Status read_optional(const Json& json, const char* key, std::optional<double>& out) {
  if (!json.contains(key)) return {};
  ASSAY_TRY(const double x, read_number(json, key, kNan));
  if (!std::isnan(x)) out = x;
  return {};
}

Status read_optionals(const Json& json, Estimate& out) {
  if (json.contains("worst_case")) {
    ASSAY_TRY(out.worst_case, read_interval(json, "worst_case"));
  }
  ASSAY_CHECK(read_optional(json, "chance", out.chance));
  ASSAY_CHECK(read_optional(json, "ceiling", out.ceiling));
  ASSAY_CHECK(read_optional(json, "minimum_detectable", out.minimum_detectable));
  if (const auto it = json.find("assumptions"); it != json.end()) {
    if (!it->is_array()) return bad("assumptions");
    for (const Json& entry : *it) {
      if (!entry.is_string()) return bad("assumptions");
      out.assumptions.push_back(entry.get<std::string>());
    }
  }
  if (const auto it = json.find("modelled"); it != json.end()) {
    if (!it->is_boolean()) return bad("modelled");
    out.modelled = it->get<bool>();
  }
  return {};
}

}  // namespace

const char* to_string(Sides sides) {
  switch (sides) {
    case Sides::two: return "two";
    case Sides::upper: return "upper";
    case Sides::lower: return "lower";
  }
  return "two";
}

Result<Sides> parse_sides(std::string_view name) {
  if (name == "two") return Sides::two;
  if (name == "upper") return Sides::upper;
  if (name == "lower") return Sides::lower;
  return fail(ErrorKind::format, "unknown sides \"" + std::string(name) + "\"", "estimate.sides",
              "use two, upper or lower");
}

bool Estimate::known() const { return std::isfinite(value); }

Estimate no_estimate(std::string reason, Interval widest) {
  Estimate out;
  out.value = kNan;
  out.interval = widest;
  out.method = "none";
  out.assumptions.push_back(std::move(reason));
  return out;
}

Json to_json(const Estimate& estimate) {
  Json out{{"value", number_or_null(estimate.value)},
           {"interval", interval_json(estimate.interval)},
           {"level", estimate.level},
           {"sides", to_string(estimate.sides)},
           {"method", estimate.method},
           {"unit", estimate.unit},
           {"n", estimate.n},
           {"clusters", estimate.clusters},
           {"unassessed", estimate.unassessed}};
  if (estimate.worst_case) out["worst_case"] = interval_json(*estimate.worst_case);
  if (estimate.chance) out["chance"] = number_or_null(*estimate.chance);
  if (estimate.ceiling) out["ceiling"] = number_or_null(*estimate.ceiling);
  if (estimate.minimum_detectable) {
    out["minimum_detectable"] = number_or_null(*estimate.minimum_detectable);
  }
  if (!estimate.assumptions.empty()) out["assumptions"] = estimate.assumptions;
  if (estimate.modelled) out["modelled"] = true;
  return out;
}

Result<Estimate> estimate_from_json(const Json& json) {
  if (!json.is_object()) return bad("estimate");
  Estimate out;
  ASSAY_TRY(out.value, read_number(json, "value", kNan));
  ASSAY_TRY(out.interval, read_interval(json, "interval"));
  ASSAY_TRY(out.level, read_number(json, "level", kNan));
  if (!(out.level > 0.0 && out.level < 1.0)) return bad("level");
  ASSAY_TRY(const std::string sides, read_text(json, "sides"));
  ASSAY_TRY(out.sides, parse_sides(sides));
  ASSAY_TRY(out.method, read_text(json, "method"));
  ASSAY_TRY(out.unit, read_text(json, "unit"));
  ASSAY_TRY(out.n, read_count(json, "n"));
  ASSAY_TRY(out.clusters, read_count(json, "clusters"));
  ASSAY_TRY(out.unassessed, read_count(json, "unassessed"));
  ASSAY_CHECK(read_optionals(json, out));
  return out;
}

}  // namespace assay::stats
