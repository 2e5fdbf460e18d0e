// Token premium: how many times as many tokens the same content takes in one language as in another
// (Petrov et al. 2023, arXiv:2305.15425, section 3), as a ratio of sums over sentences.
//
// Legal call order: add() each sentence -> finish(). Thread-safety: a plain value.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "eval/contrast.h"

namespace assay::eval {

class TokenPremium {
 public:
  void add(double there, double reference, std::string_view cluster);
  void add_unassessed() { ratios_.add_unassessed(); }
  [[nodiscard]] std::size_t clusters() const { return sums_.size(); }
  /// Studentised bootstrap over clusters ("cluster-bootstrap-t"); with fewer than five, or where
  /// all have the same ratio, the mean of the ratios by clustered_mean. `stream` names the draws.
  [[nodiscard]] stats::Estimate finish(std::uint64_t seed, std::string_view stream,
                                       const std::string& unit = "ratio") const;

 private:
  std::map<std::string, std::pair<double, double>, std::less<>> sums_;
  Contrast ratios_;
};

}  // namespace assay::eval
