// Deterministic randomness: the same seed gives the same stream on every machine and compiler.
// std::mt19937_64 is portable, std::*_distribution is not; so the draws are our own.
// Thread-safety: one Rng per thread.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

/// FNV-1a 64-bit over bytes, then a SplitMix64 finaliser: stable ids and sub-seeds.
std::uint64_t stable_hash(std::string_view bytes, std::uint64_t seed = 0);

class Rng {
 public:
  explicit Rng(std::uint64_t seed) : engine_(seed) {}
  /// An independent stream for a named purpose, e.g. Rng(seed).fork("arithmetic/en").
  [[nodiscard]] static Rng named(std::uint64_t seed, std::string_view name) {
    return Rng(stable_hash(name, seed));
  }

  std::uint64_t bits() { return engine_(); }
  /// Uniform integer in [low, high], both ends included. Unbiased (rejection).
  std::int64_t between(std::int64_t low, std::int64_t high);
  /// Uniform index in [0, n); n must be > 0.
  std::size_t index(std::size_t n) {
    return static_cast<std::size_t>(between(0, static_cast<std::int64_t>(n) - 1));
  }
  /// Uniform real in [0, 1) with 53 bits.
  double uniform() { return static_cast<double>(bits() >> 11U) * 0x1.0p-53; }
  bool chance(double p) { return uniform() < p; }
  /// Standard normal (polar method).
  double normal();

  template <class Range>
  decltype(auto) pick(const Range& range) {
    return range[index(std::size(range))];
  }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[index(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace assay
