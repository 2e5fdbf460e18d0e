// Contexts: in what surroundings an item is asked. A factor (persona, format, ...) has levels, the
// first of which leaves the item as it is; a context is one level of each factor. The context of
// first levels alone is the reference: what an evaluation without variation would have measured.
//
// Levels add to an item, and never change what it asks: a frame around the words, a sentence of who
// asks, a system prompt, talk before it, a layout, a temperature, another form of the weights. For
// why this is measured at all: Sclar et al. 2024, arXiv:2310.11324; Mizrahi et al. 2024,
// arXiv:2401.00595.
//
// Legal call order: parse_factors() -> choose_contexts() -> apply() per sample.
// Thread-safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eval/sample.h"

namespace assay::eval {

enum class Factor { wording, language, persona, system, turns, format, temperature, quantisation };
const char* to_string(Factor factor);

/// What is varied in a run; part of its plan.
struct Variation {
  std::vector<Factor> factors;     ///< without repeats, in the order of the enumeration
  int contexts = 0;                ///< how many, the reference among them; 0 = kContexts
  std::vector<std::string> forms;  ///< of the weights, for quantisation; the first is the reference
};
inline constexpr int kContexts = 12;  ///< unless asked for otherwise
inline constexpr int kMostContexts = 64;
inline constexpr std::size_t kPriorTurns[] = {0, 1, 4};  ///< exchanges before the item
inline constexpr double kTemperatures[] = {0.0, 0.7, 1.0};

Json to_json(const Variation& variation);
Result<Variation> variation_from_json(const Json& json);

/// From "persona,format". Errors: usage, with the names there are.
Result<std::vector<Factor>> parse_factors(const std::vector<std::string>& names);

/// Levels of a factor, named for people; `forms` are those of quantisation.
std::vector<Text> level_names(Factor factor, const std::vector<std::string>& forms);

using Context = std::vector<std::uint32_t>;  ///< a level of each factor, in the factors' order

/// The reference, then `wanted` - 1 others (fewer, where there are not as many): each is the one
/// that keeps the levels, and then the pairs of levels of two factors, most evenly used. The same
/// seed gives the same contexts.
std::vector<Context> choose_contexts(const std::vector<std::size_t>& levels, std::size_t wanted,
                                     std::uint64_t seed);

/// Puts a level of the factors of text (wording, persona, system, turns, format) around a sample.
/// Raw contexts without messages get the text as paragraphs before them; they have no `format`.
void apply(Factor factor, std::uint32_t level, Sample& sample);

}  // namespace assay::eval
