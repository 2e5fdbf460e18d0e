// Engine: generation. Requests are grouped by the room that they need, because attention over
// streams of one batch costs as much as over the longest of them.
#include <algorithm>
#include <chrono>
#include <map>

#include "model/local/engine.h"

namespace assay::model::local {
namespace {

constexpr int batch_tokens = 512;
constexpr std::size_t most_streams = 64;  ///< more give no more tokens a second on processors

double now_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// 256, 512, 768, 1024, 1536, 2048, 3072, ...: at most half as much again as is needed.
std::size_t room_class(std::size_t tokens) {
  std::size_t room = 256;
  while (room < tokens) {
    const std::size_t half = room + room / 2;
    if (room >= 512 && half >= tokens) return half;
    room *= 2;
  }
  return room;
}

}  // namespace

/// What the answer must look like; null where it is free.
Result<std::unique_ptr<Grammar>> Engine::form_of(const GenerateRequest& request) const {
  if (request.json_schema.is_null() && request.grammar.empty()) return nullptr;
  if (!request.json_schema.is_null() && !request.grammar.empty()) {
    return fail(ErrorKind::usage, "an answer cannot follow both a JSON Schema and a grammar", {},
                "Give one of the two");
  }
  std::string text = request.grammar;
  if (text.empty()) {
    ASSAY_TRY(text, grammar_of_schema(request.json_schema));
  }
  return Grammar::compile(llama_model_get_vocab(model_.get()), text);
}

Result<GenerateItem> Engine::generate_item(const GenerateRequest& request) const {
  ASSAY_CHECK(check_sampling(request.sampling));
  if (request.max_tokens < 1) {
    return fail(ErrorKind::usage, "max_tokens is below 1", {}, "Ask for at least one token");
  }
  GenerateItem item;
  item.stops = request.stop;
  std::string text = request.prompt;
  if (!request.messages.empty()) {
    ASSAY_TRY(auto prompt, chat_.apply(request.messages, request.tools));
    text = std::move(prompt.text);
    item.stops.insert(item.stops.end(), prompt.stops.begin(), prompt.stops.end());
    for (const std::string& mark : prompt.shown) {
      const auto token = tokenizer_.encode(mark, true);
      if (token && token->size() == 1) item.shown.push_back(token->front());
    }
    item.tools = std::move(prompt.tools);
  }
  ASSAY_TRY(item.prompt, tokenizer_.encode_input(text + request.prefill));
  if (item.prompt.empty()) {
    ASSAY_TRY(const auto prefix, tokenizer_.prefix_token());
    item.prompt.push_back(prefix);
  }
  item.limit = static_cast<std::size_t>(most_tokens());
  if (item.prompt.size() >= item.limit) {
    return fail(ErrorKind::limit,
                "the prompt has " + std::to_string(item.prompt.size()) +
                    " tokens; this model takes at most " + std::to_string(item.limit) +
                    " with the answer",
                {}, "Shorten the prompt, or use a model with a longer context");
  }
  item.max_tokens = request.max_tokens;
  item.sampling = request.sampling;
  item.logprobs = request.logprobs;
  ASSAY_TRY(item.grammar, form_of(request));
  return item;
}

Result<std::vector<std::int32_t>> Engine::prompt_tokens(const GenerateRequest& request) {
  ASSAY_TRY(GenerateItem item, generate_item(request));
  return std::move(item.prompt);
}

Result<std::string> Engine::text_of(std::span<const std::int32_t> tokens) {
  std::string text;
  for (const std::int32_t token : tokens) {
    if (token < 0 || token >= info_.vocabulary) {
      return fail(ErrorKind::usage, "there is no token " + std::to_string(token), info_.name);
    }
    text += tokenizer_.piece(token);
  }
  return text;
}

std::vector<Result<GenerateResult>> Engine::generate(std::span<const GenerateRequest> requests,
                                                     const GenerateSink& sink,
                                                     const CallOptions& options) {
  std::vector<Result<GenerateResult>> results(requests.size());
  const auto finish = [&](std::size_t index, Result<GenerateResult>&& result) {
    meter_.poll();
    if (result) ledger_.completion_tokens += result->completion_tokens;
    results[index] = std::move(result);
    if (sink) sink(index, results[index]);
  };
  std::map<std::size_t, std::vector<GenerateItem>> groups;
  ledger_.requests += static_cast<std::int64_t>(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    auto item = generate_item(requests[i]);
    if (!item) {
      finish(i, tl::unexpected(std::move(item).error()));
      continue;
    }
    item->index = i;
    ledger_.prompt_tokens += static_cast<std::int64_t>(item->prompt.size());
    const std::size_t room =
        std::min(item->limit, item->prompt.size() + static_cast<std::size_t>(item->max_tokens));
    groups[room_class(room)].push_back(std::move(*item));
  }
  for (auto& [cells, items] : groups) {
    std::vector<std::size_t> indices;
    for (const auto& item : items) indices.push_back(item.index);
    const Status status = generate_group(std::move(items), cells, options, finish);
    if (status) continue;
    for (const std::size_t index : indices) finish(index, tl::unexpected(status.error()));
  }
  generating_.reset();
  return results;
}

/// An error means that nothing was started; else each item ends in `done`.
Status Engine::generate_group(std::vector<GenerateItem> items, std::size_t cells,
                              const CallOptions& options, const Generator::Done& done) {
  const double start = now_seconds();
  meter_.start();
  // Neighbours share beginnings.
  std::stable_sort(items.begin(), items.end(),
                   [](const auto& a, const auto& b) { return a.prompt < b.prompt; });
  const std::size_t fit = std::max<std::size_t>(cells_in_memory() / cells, 1);
  ContextShape shape;
  shape.unified = false;
  shape.cells = static_cast<int>(cells);
  shape.sequences = static_cast<int>(
      std::min({items.size(), fit, most_streams, static_cast<std::size_t>(options_.max_sequences),
                static_cast<std::size_t>(most_outputs())}));
  shape.batch = batch_tokens;
  shape.outputs = shape.sequences;
  shape.f32_cache = f32_cache_;
  shape.threads = threads_;
  ASSAY_TRY(Context * context, this->context(generating_, shape));
  Generator generator(*context, tokenizer_, share_, options, done);
  generator.run(std::move(items));
  const Energy energy = meter_.stop();
  const auto computed = static_cast<double>(generator.computed_tokens());
  ledger_.computed_tokens += generator.computed_tokens();
  ledger_.flops += 2.0 * static_cast<double>(info_.parameters) * computed;
  ledger_.seconds += now_seconds() - start;
  ledger_.joules += energy.joules;
  ledger_.joules_modelled = energy.modelled;
  return {};
}

}  // namespace assay::model::local
