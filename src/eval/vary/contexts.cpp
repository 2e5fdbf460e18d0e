#include "eval/vary/contexts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/random.h"
#include "eval/json_fields.h"
#include "eval/vary/frames.h"

namespace assay::eval {
namespace {

constexpr std::array<std::pair<Factor, const char*>, 8> kNames{{
    {Factor::wording, "wording"},
    {Factor::language, "language"},
    {Factor::persona, "persona"},
    {Factor::system, "system"},
    {Factor::turns, "turns"},
    {Factor::format, "format"},
    {Factor::temperature, "temperature"},
    {Factor::quantisation, "quantisation"},
}};

Text turns_name(std::size_t turns) {
  if (turns == 0) return {"no talk before", "此前无对话"};
  return {std::to_string(turns) + (turns == 1 ? " exchange" : " exchanges") + " before",
          "此前 " + std::to_string(turns) + " 轮对话"};
}

Text temperature_name(double temperature) {
  std::string number = std::to_string(temperature);
  number.resize(3);
  return {"temperature " + number, "温度 " + number};
}

std::size_t first_user(const std::vector<model::Message>& messages) {
  std::size_t i = 0;
  while (i < messages.size() && messages[i].role != "user") ++i;
  return i;
}

std::size_t last_user(const std::vector<model::Message>& messages) {
  std::size_t i = messages.size();
  while (i > 0 && messages[i - 1].role != "user") --i;
  return i == 0 ? messages.size() : i - 1;
}

/// Fills "{}" of a frame with the words.
std::string framed(const std::string& frame, const std::string& words) {
  const std::size_t place = frame.find("{}");
  return frame.substr(0, place) + words + frame.substr(place + 2);
}

void add_before(std::string& text, const std::string& sentence, Lang lang) {
  if (sentence.empty()) return;
  text = sentence + (lang == Lang::en ? " " : "") + text;
}

void add_system(const std::string& text, std::vector<model::Message>& messages) {
  if (text.empty()) return;
  if (!messages.empty() && messages.front().role == "system") {
    messages.front().content = text + "\n\n" + messages.front().content;
  } else {
    messages.insert(messages.begin(), {"system", text});
  }
}

void add_turns(std::size_t turns, Lang lang, std::vector<model::Message>& messages) {
  std::vector<model::Message> talk;
  for (std::size_t i = 0; i < turns; ++i) {
    const frames::Exchange& exchange = frames::small_talk.at(i % frames::small_talk.size());
    talk.push_back({"user", exchange.user.in(lang)});
    talk.push_back({"assistant", exchange.assistant.in(lang)});
  }
  const auto place = static_cast<std::ptrdiff_t>(first_user(messages));
  messages.insert(messages.begin() + place, talk.begin(), talk.end());
}

/// A raw text to be gone on with: what is added stands before it, as a paragraph of its own.
void apply_raw(Factor factor, std::uint32_t level, Sample& sample) {
  std::string before;
  if (factor == Factor::persona) before = frames::personas.at(level).text.in(sample.lang);
  if (factor == Factor::system) before = frames::systems.at(level).text.in(sample.lang);
  if (factor == Factor::wording) before = frames::openings.at(level).in(sample.lang);
  if (factor == Factor::turns) {
    for (std::size_t i = 0; i < kPriorTurns[level]; ++i) {
      const frames::Exchange& exchange = frames::small_talk.at(i % frames::small_talk.size());
      if (!before.empty()) before += "\n\n";
      before += exchange.user.in(sample.lang) + "\n" + exchange.assistant.in(sample.lang);
    }
  }
  if (!before.empty()) sample.context = before + "\n\n" + sample.context;
}

/// How unevenly a further context would use levels, and pairs of levels of two factors.
class Balance {
 public:
  explicit Balance(const std::vector<std::size_t>& levels) : levels_(levels) {
    for (const std::size_t count : levels_) {
      offset_.push_back(total_);
      total_ += count;
    }
    singles_.assign(total_, 0);
    pairs_.assign(total_ * total_, 0);
  }
  void take(const Context& context) {
    for (std::size_t f = 0; f < context.size(); ++f) {
      ++singles_[place(f, context)];
      for (std::size_t g = f + 1; g < context.size(); ++g) ++pairs_[pair(f, g, context)];
    }
  }
  /// How often its levels were used (in shares of an even use), then how often its pairs.
  [[nodiscard]] std::pair<std::size_t, int> cost(const Context& context) const {
    std::size_t single = 0;
    int paired = 0;
    for (std::size_t f = 0; f < context.size(); ++f) {
      single += singles_[place(f, context)] * levels_[f];
      for (std::size_t g = f + 1; g < context.size(); ++g) paired += pairs_[pair(f, g, context)];
    }
    return {single, paired};
  }

 private:
  [[nodiscard]] std::size_t place(std::size_t factor, const Context& context) const {
    return offset_[factor] + context[factor];
  }
  [[nodiscard]] std::size_t pair(std::size_t f, std::size_t g, const Context& context) const {
    return place(f, context) * total_ + place(g, context);
  }
  std::vector<std::size_t> levels_;
  std::vector<std::size_t> offset_;
  std::size_t total_ = 0;
  std::vector<std::size_t> singles_;
  std::vector<int> pairs_;
};

std::vector<Context> all_contexts(const std::vector<std::size_t>& levels) {
  std::vector<Context> all{Context(levels.size(), 0)};
  for (std::size_t f = 0; f < levels.size(); ++f) {
    const std::size_t count = all.size();
    for (std::uint32_t level = 1; level < levels[f]; ++level) {
      for (std::size_t i = 0; i < count; ++i) {
        Context context = all[i];
        context[f] = level;
        all.push_back(std::move(context));
      }
    }
  }
  return all;
}

}  // namespace

const char* to_string(Factor factor) {
  for (const auto& [value, name] : kNames) {
    if (value == factor) return name;
  }
  return "wording";
}

Json to_json(const Variation& variation) {
  Json factors = Json::array();
  for (const Factor factor : variation.factors) factors.push_back(to_string(factor));
  return Json{{"factors", std::move(factors)},
              {"contexts", variation.contexts},
              {"forms", variation.forms}};
}

Result<Variation> variation_from_json(const Json& json) {
  Fields fields(json, "variation");
  Variation out;
  const Result<std::vector<Factor>> factors = parse_factors(fields.texts("factors"));
  if (!factors) fields.note(factors.error());
  out.factors = factors.value_or(std::vector<Factor>{});
  out.contexts = fields.small("contexts");
  out.forms = fields.texts("forms");
  if (!fields.status()) return tl::unexpected(fields.status().error());
  return out;
}

Result<std::vector<Factor>> parse_factors(const std::vector<std::string>& names) {
  std::vector<Factor> out;
  for (const std::string& name : names) {
    const auto* found = std::find_if(kNames.begin(), kNames.end(),
                                     [&](const auto& entry) { return name == entry.second; });
    if (found == kNames.end()) {
      return fail(ErrorKind::usage, "'" + name + "' cannot be varied", "--vary",
                  "Choose of wording, language, persona, system, turns, format, temperature, "
                  "quantisation");
    }
    out.push_back(found->first);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<Text> level_names(Factor factor, const std::vector<std::string>& forms) {
  std::vector<Text> out;
  switch (factor) {
    case Factor::wording:
      for (const auto& level : frames::wordings) out.push_back(level.name);
      break;
    case Factor::language: out = {{"English", "英文"}, {"Chinese", "中文"}}; break;
    case Factor::persona:
      for (const auto& level : frames::personas) out.push_back(level.name);
      break;
    case Factor::system:
      for (const auto& level : frames::systems) out.push_back(level.name);
      break;
    case Factor::turns:
      for (const std::size_t turns : kPriorTurns) out.push_back(turns_name(turns));
      break;
    case Factor::format:
      for (const auto& level : frames::formats) out.push_back(level.name);
      break;
    case Factor::temperature:
      for (const double temperature : kTemperatures) out.push_back(temperature_name(temperature));
      break;
    case Factor::quantisation:
      for (const std::string& form : forms) out.push_back({"weights " + form, "权重 " + form});
      break;
  }
  return out;
}

std::vector<Context> choose_contexts(const std::vector<std::size_t>& levels, std::size_t wanted,
                                     std::uint64_t seed) {
  std::vector<Context> open = all_contexts(levels);
  std::vector<Context> chosen{open.front()};
  open.erase(open.begin());
  Rng rng = Rng::named(seed, "vary/contexts");
  rng.shuffle(open);  // which of equals is taken
  Balance balance(levels);
  balance.take(chosen.front());
  while (chosen.size() < wanted && !open.empty()) {
    std::size_t best = 0;
    auto least = balance.cost(open.front());
    for (std::size_t i = 1; i < open.size(); ++i) {
      if (const auto cost = balance.cost(open[i]); cost < least) {
        best = i;
        least = cost;
      }
    }
    std::swap(open[best], open.back());
    balance.take(open.back());
    chosen.push_back(std::move(open.back()));
    open.pop_back();
  }
  return chosen;
}

void apply(Factor factor, std::uint32_t level, Sample& sample) {
  if (level == 0) return;
  if (sample.messages.empty()) {
    apply_raw(factor, level, sample);
    return;
  }
  std::vector<model::Message>& messages = sample.messages;
  const std::size_t first = first_user(messages);
  const std::size_t last = last_user(messages);
  if (first >= messages.size()) return;
  const Lang lang = sample.lang;
  switch (factor) {
    case Factor::wording:
      messages[last].content =
          framed(frames::wordings.at(level).text.in(lang), messages[last].content);
      break;
    case Factor::persona:
      add_before(messages[first].content, frames::personas.at(level).text.in(lang), lang);
      break;
    case Factor::system: add_system(frames::systems.at(level).text.in(lang), messages); break;
    case Factor::turns: add_turns(kPriorTurns[level], lang, messages); break;
    case Factor::format:
      messages[last].content = frames::laid_out(level, messages[last].content, lang);
      break;
    case Factor::language:
    case Factor::temperature:
    case Factor::quantisation: break;  // not of the text
  }
}

}  // namespace assay::eval
