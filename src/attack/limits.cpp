#include "attack/limits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/text.h"

namespace assay::attack {
namespace {

constexpr double kMost = 1e30;

tl::unexpected<Error> bad_limit(std::string_view part) {
  return fail(ErrorKind::usage, std::string("'").append(part).append("' is not a limit"),
              "--budget",
              "Write for example queries=100 or queries=100,tokens=50k,flops=1e15,seconds=600");
}

/// A number above 0, with k, M, G or T behind it.
std::optional<double> read_amount(std::string_view text) {
  double scale = 1.0;
  if (!text.empty()) {
    switch (text.back()) {
      case 'k': scale = 1e3; break;
      case 'M': scale = 1e6; break;
      case 'G': scale = 1e9; break;
      case 'T': scale = 1e12; break;
      default: break;
    }
  }
  const std::string digits(scale > 1.0 ? text.substr(0, text.size() - 1) : text);
  if (digits.empty() || digits.find_first_not_of("0123456789.eE+") != std::string::npos) {
    return std::nullopt;
  }
  char* end = nullptr;
  const double value = std::strtod(digits.c_str(), &end) * scale;
  if (*end != '\0' || !std::isfinite(value) || value <= 0.0 || value > kMost) return std::nullopt;
  return value;
}

std::optional<std::int64_t> whole(double value) {
  if (value > 1e15 || value != std::floor(value)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::string short_number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return text.data();
}

}  // namespace

Json to_json(const Spent& spent) {
  return Json{{"queries", spent.queries},
              {"read", spent.read},
              {"written", spent.written},
              {"attacker_read", spent.attacker_read},
              {"attacker_written", spent.attacker_written},
              {"flops", spent.flops},
              {"seconds", spent.seconds}};
}

Result<Spent> spent_from_json(const Json& json) {
  Spent out;
  if (!json.is_object()) return fail(ErrorKind::format, "what an attack has spent is no object");
  for (const auto& [name, value] : json.items()) {
    if (!value.is_number() || value.get<double>() < 0.0) {
      return fail(ErrorKind::format, "what an attack has spent is not a number", name);
    }
    if (name == "queries") out.queries = value.get<std::int64_t>();
    if (name == "read") out.read = value.get<std::int64_t>();
    if (name == "written") out.written = value.get<std::int64_t>();
    if (name == "attacker_read") out.attacker_read = value.get<std::int64_t>();
    if (name == "attacker_written") out.attacker_written = value.get<std::int64_t>();
    if (name == "flops") out.flops = value.get<double>();
    if (name == "seconds") out.seconds = value.get<double>();
  }
  return out;
}

Json to_json(const Limits& limits) {
  Json out = Json::object();
  if (limits.queries) out["queries"] = *limits.queries;
  if (limits.tokens) out["tokens"] = *limits.tokens;
  if (limits.flops) out["flops"] = *limits.flops;
  if (limits.seconds) out["seconds"] = *limits.seconds;
  return out;
}

Result<Limits> parse_limits(std::string_view text) {
  Limits out;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view part = trim(text.substr(begin, end - begin));
    begin = end + 1;
    if (part.empty() && text.size() < begin) break;
    const std::size_t sign = part.find('=');
    if (sign == std::string_view::npos) return bad_limit(part);
    const std::string_view name = trim(part.substr(0, sign));
    const auto amount = read_amount(trim(part.substr(sign + 1)));
    if (!amount) return bad_limit(part);
    if (name == "queries" || name == "tokens") {
      const auto count = whole(*amount);
      if (!count) return bad_limit(part);
      (name == "queries" ? out.queries : out.tokens) = count;
    } else if (name == "flops") {
      out.flops = amount;
    } else if (name == "seconds") {
      out.seconds = amount;
    } else {
      return bad_limit(part);
    }
  }
  if (!out.queries && !out.tokens && !out.flops && !out.seconds) return bad_limit(text);
  return out;
}

std::string to_string(const Limits& limits) {
  std::string out;
  const auto add = [&](const char* name, const std::string& value) {
    if (!out.empty()) out += ',';
    out.append(name).append("=").append(value);
  };
  if (limits.queries) add("queries", std::to_string(*limits.queries));
  if (limits.tokens) add("tokens", std::to_string(*limits.tokens));
  if (limits.flops) add("flops", short_number(*limits.flops));
  if (limits.seconds) add("seconds", short_number(*limits.seconds));
  return out;
}

Result<Prices> parse_prices(std::string_view json, const std::string& where) {
  ASSAY_TRY(const Json parsed, parse_json(json, where));
  if (!parsed.is_object()) return fail(ErrorKind::format, "a price file holds an object", where);
  Prices out;
  const std::array<std::pair<const char*, double*>, 5> numbers{
      {{"read", &out.read},
       {"written", &out.written},
       {"attacker_read", &out.attacker_read},
       {"attacker_written", &out.attacker_written},
       {"hour", &out.hour}}};
  for (const auto& [name, value] : parsed.items()) {
    if (name == "currency" && value.is_string()) {
      out.currency = value.get<std::string>();
      continue;
    }
    const auto place = std::find_if(numbers.begin(), numbers.end(),
                                    [&name = name](const auto& n) { return name == n.first; });
    if (place == numbers.end() || !value.is_number() || !(value.get<double>() >= 0.0)) {
      return fail(ErrorKind::format, std::string("a price file has no such price: ") + name, where,
                  "Give read, written, attacker_read, attacker_written (a million tokens), hour, "
                  "as numbers, and currency");
    }
    *place->second = value.get<double>();
  }
  return out;
}

double price_of(const Spent& spent, const Prices& prices) {
  constexpr double million = 1e6;
  constexpr double hour = 3600.0;
  return (static_cast<double>(spent.read) * prices.read +
          static_cast<double>(spent.written) * prices.written +
          static_cast<double>(spent.attacker_read) * prices.attacker_read +
          static_cast<double>(spent.attacker_written) * prices.attacker_written) /
             million +
         spent.seconds / hour * prices.hour;
}

std::optional<double> flops_of(const Spent& spent, std::int64_t target_parameters,
                               std::int64_t attacker_parameters) {
  if (spent.tokens() > 0 && target_parameters <= 0) return std::nullopt;
  if (spent.attacker_tokens() > 0 && attacker_parameters <= 0) return std::nullopt;
  return spent.flops +
         2.0 * static_cast<double>(target_parameters) * static_cast<double>(spent.tokens()) +
         2.0 * static_cast<double>(attacker_parameters) *
             static_cast<double>(spent.attacker_tokens());
}

std::optional<std::string> reached(const Limits& limits, const Spent& spent,
                                   std::int64_t target_parameters,
                                   std::int64_t attacker_parameters) {
  if (limits.queries && spent.queries >= *limits.queries) return "queries";
  if (limits.tokens && spent.tokens() + spent.attacker_tokens() >= *limits.tokens) return "tokens";
  if (limits.flops) {
    const auto flops = flops_of(spent, target_parameters, attacker_parameters);
    if (flops && *flops >= *limits.flops) return "flops";
  }
  if (limits.seconds && spent.seconds >= *limits.seconds) return "seconds";
  return std::nullopt;
}

}  // namespace assay::attack
