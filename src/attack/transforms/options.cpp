#include "attack/transforms/options.h"

#include <charconv>

namespace assay::attack {
namespace {

tl::unexpected<Error> not_understood(std::string_view argument, const std::string& wanted) {
  return fail(ErrorKind::usage, "the argument of a transform is not understood",
              std::string(argument.substr(0, 80)), std::string("Write ").append(wanted));
}

}  // namespace

Result<std::int64_t> whole_number(std::string_view argument, std::int64_t fallback,
                                  std::int64_t low, std::int64_t high) {
  if (argument.empty()) return fallback;
  std::int64_t out = 0;
  const char* end = argument.data() + argument.size();
  const auto [stop, error] = std::from_chars(argument.data(), end, out);
  if (error != std::errc() || stop != end || out < low || out > high) {
    return not_understood(argument, std::string("a whole number from ")
                                        .append(std::to_string(low))
                                        .append(" to ")
                                        .append(std::to_string(high)));
  }
  return out;
}

Result<double> rate(std::string_view argument, double fallback) {
  if (argument.empty()) return fallback;
  double out = 0.0;
  const char* end = argument.data() + argument.size();
  const auto [stop, error] = std::from_chars(argument.data(), end, out);
  if (error != std::errc() || stop != end || !(out >= 0.0 && out <= 1.0)) {
    return not_understood(argument, "a number from 0 to 1, as 0.2");
  }
  return out;
}

}  // namespace assay::attack
