#include "attack/means.h"

#include <cmath>

#include "base/json.h"

namespace assay::attack {

Result<GivenDirection> parse_direction(std::string_view json, const std::string& where) {
  ASSAY_TRY(const Json parsed, parse_json(json, where));
  const auto wrong = [&](const char* what) {
    return fail(ErrorKind::format, what, where,
                "Give an object like {\"layer\": 12, \"vector\": [0.1, ...]}, a number for each "
                "component of the residual stream");
  };
  if (!parsed.is_object() || !parsed.contains("layer") || !parsed.contains("vector")) {
    return wrong("a direction has a layer and a vector");
  }
  const Json& layer = parsed["layer"];
  const Json& vector = parsed["vector"];
  if (!layer.is_number_unsigned() || layer.get<std::uint64_t>() > 100000) {
    return wrong("the layer of a direction is a whole number from 0");
  }
  if (!vector.is_array() || vector.empty()) return wrong("the vector of a direction is a list");
  GivenDirection out;
  out.layer = layer.get<int>();
  double squares = 0.0;
  for (const Json& each : vector) {
    if (!each.is_number()) return wrong("the vector of a direction holds numbers only");
    out.vector.push_back(each.get<float>());
    squares += static_cast<double>(out.vector.back()) * static_cast<double>(out.vector.back());
  }
  if (!std::isfinite(squares) || !(squares > 0.0)) {
    return wrong("the vector of a direction is zero or not finite");
  }
  return out;
}

Work::~Work() {
  spent_->seconds +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

void Work::count(std::int64_t parameters, double forward, double both) {
  spent_->flops += static_cast<double>(parameters) * (2.0 * forward + 6.0 * both);
}

}  // namespace assay::attack
