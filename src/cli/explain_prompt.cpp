#include "cli/explain_prompt.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "explain/attribution.h"

namespace assay::cli {
namespace {

using explain::Answer;
using explain::Attribution;
using explain::Lens;
using explain::Part;

constexpr std::size_t kShownParts = 12;
constexpr std::int64_t kShownPositions = 8;  ///< the last ones
constexpr std::size_t kCellWidth = 11;

/// Columns that a terminal needs for UTF-8 text: 2 for CJK, 1 for others, none for combining bytes.
std::string cell(const std::string& text) {
  std::string out;
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const std::size_t wide = bytes >= 3 ? 2 : 1;
    if (columns + wide > kCellWidth) break;
    out += text.substr(i, bytes);
    columns += wide;
    i += bytes;
  }
  return out + std::string(kCellWidth - columns, ' ');
}

void print_lens(const Lens& lens, const model::Tokens& tokens, const Answer* answer,
                explain::Lab& lab) {
  const std::int64_t begin = std::max(lens.begin, lens.last() - kShownPositions + 1);
  std::printf("Logit lens: what each layer would say next, after each token\n\n%-6s", "layer");
  for (std::int64_t i = begin; i <= lens.last(); ++i) {
    std::printf(" %s", cell(lab.text_of(tokens[static_cast<std::size_t>(i)])).c_str());
  }
  std::printf(" %6s%s\n", "P", answer != nullptr ? "  right-wrong" : "");
  for (int layer = 0; layer <= lens.layers; ++layer) {
    if (layer == lens.layers) {
      std::printf("%-6s", "end");
    } else {
      std::printf("%-6d", layer);
    }
    for (std::int64_t i = begin; i <= lens.last(); ++i) {
      std::printf(" %s", cell(lab.text_of(lens.at(layer, i).top)).c_str());
    }
    const auto& last = lens.at(layer, lens.last());
    std::printf(" %5.1f%%", 100.0 * std::exp(last.top_logprob));
    if (answer != nullptr) std::printf(" %+12.2f", last.difference);
    std::printf("\n");
  }
  std::printf(
      "\nThe first choice at the end stands from layer %d of %d on. P: of the layer's first "
      "choice after the last token.\n",
      lens.settled(lens.last()), lens.layers);
}

std::vector<Part> by_size(const Attribution& attribution) {
  std::vector<Part> out = attribution.parts;
  std::stable_sort(out.begin(), out.end(), [](const Part& a, const Part& b) {
    return std::abs(a.value) > std::abs(b.value);
  });
  return out;
}

void print_parts(const Attribution& attribution) {
  std::printf("\nWho writes the difference of %.3f between the logits (sum of all parts %.3f)\n\n",
              attribution.difference, attribution.sum);
  const auto parts = by_size(attribution);
  for (std::size_t i = 0; i < std::min(kShownParts, parts.size()); ++i) {
    std::printf("  %-16s %+8.3f\n", explain::name_of(parts[i]).c_str(), parts[i].value);
  }
}

Json as_json(const ExplainPrompt& prompt, const Lens& lens, const model::Tokens& tokens,
             const Attribution* attribution, explain::Lab& lab) {
  Json texts = Json::array();
  for (const std::int32_t token : tokens) texts.push_back(lab.text_of(token));
  Json layers = Json::array();
  for (int layer = 0; layer <= lens.layers; ++layer) {
    Json row = Json::array();
    for (std::int64_t i = lens.begin; i <= lens.last(); ++i) {
      const auto& each = lens.at(layer, i);
      row.push_back(Json{{"top", lab.text_of(each.top)},
                         {"top_token", each.top},
                         {"top_logprob", each.top_logprob},
                         {"final_logprob", each.final_logprob},
                         {"final_rank", each.final_rank},
                         {"difference", each.difference}});
    }
    layers.push_back(std::move(row));
  }
  Json out{{"prompt", prompt.text},
           {"tokens", std::move(texts)},
           {"token_ids", tokens},
           {"settled", lens.settled(lens.last())},
           {"layers", std::move(layers)}};
  if (attribution != nullptr) {
    Json parts = Json::array();
    for (const Part& part : by_size(*attribution)) {
      parts.push_back(Json{{"part", explain::name_of(part)}, {"value", part.value}});
    }
    out["attribution"] = Json{{"difference", attribution->difference},
                              {"sum", attribution->sum},
                              {"constant", attribution->constant},
                              {"parts", std::move(parts)}};
  }
  return out;
}

}  // namespace

Status print_prompt(const ExplainPrompt& prompt, explain::Lab& lab, bool json) {
  if (prompt.answer.empty() != prompt.wrong.empty()) {
    return fail(ErrorKind::usage, "an answer needs a wrong one, and the other way round", {},
                "Give both --answer and --wrong, or neither");
  }
  ASSAY_TRY(const model::Tokens tokens, lab.tokens(prompt.text));
  ASSAY_TRY(model::WhiteBox * box, lab.box());
  std::optional<Answer> answer;
  std::optional<Attribution> attribution;
  if (!prompt.answer.empty()) {
    answer.emplace();
    ASSAY_TRY(answer->right, lab.first_token(prompt.text, prompt.answer));
    ASSAY_TRY(answer->wrong, lab.first_token(prompt.text, prompt.wrong));
    if (answer->right == answer->wrong) {
      return fail(ErrorKind::usage, "both answers begin with the same token", prompt.answer,
                  "Choose answers that differ from their beginning on");
    }
    ASSAY_TRY(attribution, explain::attribute(*box, tokens, *answer));
  }
  const Answer* given = answer ? &*answer : nullptr;
  ASSAY_TRY(const Lens lens, explain::logit_lens(*box, tokens, given));
  if (json) {
    const Json out = as_json(prompt, lens, tokens, attribution ? &*attribution : nullptr, lab);
    std::printf("%s\n", dump_json(out, 1).c_str());
    return {};
  }
  print_lens(lens, tokens, given, lab);
  if (attribution) print_parts(*attribution);
  return {};
}

}  // namespace assay::cli
