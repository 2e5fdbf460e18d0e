#include "model/local/generator.h"

#include <algorithm>

#include "model/local/logits.h"

namespace assay::model::local {
namespace {

/// Below this many tokens, computing a prefix again costs less than copying a stream.
constexpr std::size_t least_shared = 16;

std::size_t common_prefix(const Tokens& a, const Tokens& b) {
  const auto differs = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(differs.first - a.begin());
}

}  // namespace

struct Generator::Slot {
  explicit Slot(GenerateItem what)
      : item(std::move(what)),
        sampler(item.sampling, std::move(item.grammar)),
        text(item.stops),
        path(item.prompt) {}

  GenerateItem item;
  Sampler sampler;
  TextStream text;
  Tokens path;               ///< prompt and completion so far
  std::size_t computed = 0;  ///< tokens of the path that are in memory
  std::vector<double> logprobs;
  bool finished = false;

  [[nodiscard]] bool pending() const { return computed < item.prompt.size(); }
  [[nodiscard]] std::size_t completion() const { return path.size() - item.prompt.size(); }
};

Generator::Generator(Context& context, const Tokenizer& tokenizer, bool share,
                     const CallOptions& options, Done done)
    : context_(context),
      tokenizer_(tokenizer),
      share_(share),
      options_(options),
      done_(std::move(done)) {}

Generator::~Generator() = default;

void Generator::run(std::vector<GenerateItem> items) {
  waiting_ = std::move(items);
  std::reverse(waiting_.begin(), waiting_.end());
  llama_memory_clear(context_.memory(), false);
  while (true) {
    if (options_.cancel != nullptr && options_.cancel->requested()) break;
    remove_finished();
    admit();
    if (slots_.empty()) return;
    const bool prompts =
        std::any_of(slots_.begin(), slots_.end(), [](auto& slot) { return slot->pending(); });
    const Status status = prompts ? prefill() : step();
    if (status) continue;
    if (status.error().kind == ErrorKind::cancelled) break;
    return end_all(status.error());
  }
  for (std::size_t stream = 0; stream < slots_.size(); ++stream) {
    if (!slots_[stream]->finished) finish(stream, FinishReason::cancelled);
  }
  for (; !waiting_.empty(); waiting_.pop_back()) {
    GenerateResult result;
    result.finish = FinishReason::cancelled;
    result.prompt_tokens = static_cast<int>(waiting_.back().prompt.size());
    done_(waiting_.back().index, std::move(result));
  }
}

/// Moves the last streams into the places of finished ones.
void Generator::remove_finished() {
  const llama_memory_t memory = context_.memory();
  for (std::size_t stream = slots_.size(); stream-- > 0;) {
    if (!slots_[stream]->finished) continue;
    const auto gap = static_cast<llama_seq_id>(stream);
    const auto last = static_cast<llama_seq_id>(slots_.size() - 1);
    llama_memory_seq_rm(memory, gap, -1, -1);
    if (gap != last) {
      llama_memory_seq_cp(memory, last, gap, -1, -1);
      llama_memory_seq_rm(memory, last, -1, -1);
      slots_[stream] = std::move(slots_.back());
    }
    slots_.pop_back();
  }
}

/// Gives free streams to waiting requests, the longest of the new prompts first.
void Generator::admit() {
  const auto room = static_cast<std::size_t>(context_.shape().sequences) - slots_.size();
  const auto old = static_cast<std::ptrdiff_t>(slots_.size());
  for (std::size_t i = 0; i < room && !waiting_.empty(); ++i) {
    slots_.push_back(std::make_unique<Slot>(std::move(waiting_.back())));
    waiting_.pop_back();
  }
  std::stable_sort(slots_.begin() + old, slots_.end(), [](const auto& a, const auto& b) {
    return a->item.prompt.size() > b->item.prompt.size();
  });
}

/// Takes over the longest beginning that another stream has in memory. False: there is none.
bool Generator::inherit(std::size_t stream) {
  Slot& slot = *slots_[stream];
  std::size_t best = 0;
  std::size_t source = stream;
  for (std::size_t other = 0; share_ && other < slots_.size(); ++other) {
    if (other == stream) continue;
    const std::size_t common = std::min({common_prefix(slots_[other]->path, slot.item.prompt),
                                         slots_[other]->computed, slot.item.prompt.size() - 1});
    if (common > best) {
      best = common;
      source = other;
    }
  }
  const llama_memory_t memory = context_.memory();
  const auto from = static_cast<llama_seq_id>(source);
  if (best < least_shared || llama_memory_seq_pos_min(memory, from) != 0) return false;
  const auto to = static_cast<llama_seq_id>(stream);
  llama_memory_seq_cp(memory, from, to, -1, -1);
  llama_memory_seq_rm(memory, to, static_cast<llama_pos>(best), -1);
  slot.computed = best;
  return true;
}

/// Computes prompts in rounds: a prompt waits while one before it, not computed yet either, begins
/// in the same way, and then copies that beginning.
Status Generator::prefill() {
  std::vector<std::size_t> pending;
  for (std::size_t stream = 0; stream < slots_.size(); ++stream) {
    if (slots_[stream]->pending()) pending.push_back(stream);
  }
  while (!pending.empty()) {
    std::vector<std::size_t> ready;
    std::vector<std::size_t> later;
    for (const std::size_t stream : pending) {
      const Tokens& prompt = slots_[stream]->item.prompt;
      const bool wait =
          share_ && std::any_of(ready.begin(), ready.end(), [&](std::size_t other) {
            return common_prefix(slots_[other]->item.prompt, prompt) >= least_shared + 1;
          });
      (wait ? later : ready).push_back(stream);
    }
    for (const std::size_t stream : ready) inherit(stream);
    ASSAY_CHECK(prefill_round(ready));
    pending = std::move(later);
  }
  return {};
}

Status Generator::prefill_round(std::span<const std::size_t> round) {
  context_.clear_batch();
  rows_.clear();
  for (const std::size_t stream : round) {
    const Tokens& prompt = slots_[stream]->item.prompt;
    std::size_t position = slots_[stream]->computed;
    for (; position < prompt.size(); ++position) {
      const bool output = position + 1 == prompt.size();
      if (context_.batch_size() == context_.shape().batch ||
          (output && context_.batch_outputs() == context_.shape().outputs)) {
        ASSAY_CHECK(compute());
      }
      const int id = static_cast<int>(stream);
      context_.add(prompt[position], position, id, id, output);
      if (output) rows_.push_back(stream);
    }
    slots_[stream]->computed = prompt.size();
  }
  return compute();
}

/// One token for each stream.
Status Generator::step() {
  context_.clear_batch();
  rows_.clear();
  for (std::size_t stream = 0; stream < slots_.size(); ++stream) {
    Slot& slot = *slots_[stream];
    const int id = static_cast<int>(stream);
    context_.add(slot.path.back(), slot.computed++, id, id, true);
    rows_.push_back(stream);
  }
  return compute();
}

Status Generator::compute() {
  if (context_.batch_size() == 0) return {};
  ASSAY_CHECK(context_.decode(options_.cancel));
  computed_ += context_.batch_size();
  std::vector<Choice> choices(rows_.size());
  parallel_rows(rows_.size(), context_.shape().threads, [&](std::size_t row) {
    Slot& slot = *slots_[rows_[row]];
    choices[row] = slot.sampler.choose(context_.logits(row), slot.item.logprobs);
  });
  for (std::size_t row = 0; row < rows_.size(); ++row) advance(rows_[row], choices[row]);
  context_.clear_batch();
  rows_.clear();
  return {};
}

void Generator::advance(std::size_t stream, const Choice& choice) {
  Slot& slot = *slots_[stream];
  if (choice.token < 0) {
    slot.finished = true;
    return done_(slot.item.index,
                 fail(ErrorKind::unsupported, "no token of this model goes on with the grammar", {},
                      "Use a grammar whose characters the model's tokenizer has"));
  }
  if (tokenizer_.ends_generation(choice.token)) return finish(stream, FinishReason::stop);
  slot.sampler.accept(choice.token);
  slot.path.push_back(choice.token);
  if (slot.item.logprobs) slot.logprobs.push_back(choice.logprob);
  const bool shown = std::find(slot.item.shown.begin(), slot.item.shown.end(), choice.token) !=
                     slot.item.shown.end();
  if (slot.text.append(tokenizer_.piece(choice.token, shown))) {
    return finish(stream, FinishReason::stop);
  }
  const std::string piece = slot.text.take();
  if (!piece.empty() && options_.on_piece) options_.on_piece(slot.item.index, piece);
  if (slot.completion() >= static_cast<std::size_t>(slot.item.max_tokens) ||
      slot.path.size() >= slot.item.limit) {
    finish(stream, FinishReason::length);
  }
}

void Generator::finish(std::size_t stream, FinishReason reason) {
  Slot& slot = *slots_[stream];
  const std::string rest = slot.text.finish();
  if (!rest.empty() && options_.on_piece) options_.on_piece(slot.item.index, rest);
  GenerateResult result;
  result.text = slot.text.text();
  result.finish = reason;
  result.prompt_tokens = static_cast<int>(slot.item.prompt.size());
  result.completion_tokens = static_cast<int>(slot.completion());
  result.tokens.assign(slot.path.begin() + static_cast<std::ptrdiff_t>(slot.item.prompt.size()),
                       slot.path.end());
  result.token_logprobs = std::move(slot.logprobs);
  if (slot.item.tools != nullptr) take_tool_calls(*slot.item.tools, result);
  slot.finished = true;
  done_(slot.item.index, std::move(result));
}

void Generator::end_all(const Error& error) {
  for (const auto& slot : slots_) {
    if (!slot->finished) done_(slot->item.index, tl::unexpected(error));
  }
  for (; !waiting_.empty(); waiting_.pop_back()) {
    done_(waiting_.back().index, tl::unexpected(error));
  }
}

}  // namespace assay::model::local
