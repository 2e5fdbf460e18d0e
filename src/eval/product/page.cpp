#include "eval/product/page.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <re2/re2.h>

#include "base/text.h"
#include "eval/product/wording.h"
#include "eval/scorers/answer_text.h"

namespace assay::eval::product {
namespace {

struct Subject {
  std::string_view name;
  std::string_view pattern;  ///< RE2, case does not matter
  std::vector<std::string> tasks;
};

const std::vector<Subject>& subjects() {
  static const std::vector<Subject> all{
      {"hallucination",
       R"(hallucinat|fabricat|makes? things up|invent(s|ed|ing)? (facts|sources|references)|幻觉|编造|捏造)",
       {"nonexistent_entities"}},
      {"injection", R"(prompt[- ]injection|提示注入|注入攻击)", {"injection"}},
      {"copyright",
       R"(copyright|verbatim|plagiari|版权|抄袭|逐字)",
       {"verbatim", "corpus_regurgitation"}},
      {"privacy",
       R"(private (data|information)|personal (data|information)|privacy|confidential|customer data|user data|隐私|个人信息|机密|客户资料)",
       {"context_privacy", "secrets", "canary_extraction"}},
      {"refusal",
       R"((harmful|unsafe|dangerous|malicious|illegal) (request|content|instruction|prompt|output|question)|有害(内容|请求|信息)|违法(内容|请求))",
       {"refusal_pairs", "harmbench", "advbench"}},
      {"bias", R"(\bbias|unbiased|discriminat|\bfair(ness)?\b|偏见|歧视|公平)", {}},
      {"sycophancy", R"(sycophan|flatter|stands? by|pushback|谄媚|附和|坚持正确)", {"sycophancy"}},
      {"instructions",
       R"(instruction[- ]following|follows? (your )?instructions|遵循指令|遵守格式|指令遵循)",
       {"instruction_format"}},
      {"memory",
       R"(multi-?turn|remembers? (the|your|what)|earlier in the (chat|conversation)|多轮对话|记住(你|您|前文))",
       {"dialogue_memory"}},
      {"consistency", R"(consisten(t|cy)|一致的?(回答|答案)|前后一致)", {"consistency"}},
      {"code",
       R"(\bcod(e|es|ing)\b|programming|python|代码|编程)",
       {"code_small", "humaneval", "mbpp"}},
      {"arithmetic",
       R"(arithmetic|calculat|\bmaths?\b|mathematic|算术|计算题|数学)",
       {"arithmetic", "gsm8k"}},
      {"facts",
       R"(factual|general knowledge|trivia|facts|常识|知识问答|事实)",
       {"facts", "mmlu", "truthfulqa"}},
  };
  return all;
}

/// Benchmarks that a page may name: then only their own figure counts.
const std::vector<Subject>& benchmarks() {
  static const std::vector<Subject> all{{"GSM8K", R"(\bgsm-?8k\b)", {"gsm8k"}},
                                        {"MMLU", R"(\bmmlu\b)", {"mmlu"}},
                                        {"HumanEval", R"(\bhuman-?eval\b)", {"humaneval"}},
                                        {"MBPP", R"(\bmbpp\b)", {"mbpp"}},
                                        {"TruthfulQA", R"(\btruthful-?qa\b)", {"truthfulqa"}},
                                        {"XSTest", R"(\bxs-?test\b)", {"xstest"}},
                                        {"HarmBench", R"(\bharm-?bench\b)", {"harmbench"}},
                                        {"SafetyBench", R"(\bsafety-?bench\b)", {"safetybench"}},
                                        {"BBQ", R"(\bbbq\b)", {"bbq"}}};
  return all;
}

double factor_of(const std::string& unit) {
  const std::string low = lower_ascii(unit);
  if (low == "k" || low == "thousand" || low == "千") return 1e3;
  if (low == "万") return 1e4;
  if (low == "m" || low == "million" || low == "百万") return 1e6;
  if (low == "亿") return 1e8;
  if (low == "t" || low == "trillion" || low == "万亿") return 1e12;
  if (low == "b" || low == "billion" || low == "十亿") return 1e9;
  return 1.0;
}

/// "128K" before the tokens of a context is 128 * 1024 in some pages: the smaller one is taken.
std::optional<double> number_with(const char* pattern, std::string_view text) {
  std::string digits;
  std::string unit;
  const RE2 rule(pattern, folded());
  if (!RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), rule, &digits, &unit)) {
    return std::nullopt;
  }
  const auto value = number_of(digits);
  return value ? std::optional<double>(*value * factor_of(unit)) : std::nullopt;
}

/// The first rule that finds a number.
std::optional<double> number_by(std::initializer_list<const char*> rules, std::string_view s) {
  for (const char* rule : rules) {
    if (const auto number = number_with(rule, s)) return number;
  }
  return std::nullopt;
}

std::optional<Claim> read_context(std::string_view s) {
  if (!found("context|window|上下文|长度", s)) return std::nullopt;
  // "100 tokens a second" is a speed, "15 billion tokens" a training set.
  std::string text(s);
  RE2::GlobalReplace(
      &text,
      RE2(R"([0-9][0-9.,]*[ -]?(k|m)?[ -]?tokens? ?(/|per |a )s(ec(ond)?)?\b|train\w* (on|with) [^,;，；]*tokens)",
          folded()),
      " ");
  const auto number = number_by(
      {R"(([0-9][0-9.,]*)[ -]?(k|m|千|万|thousand|million)?[ -]?(?:tokens?|个?词元|个?token)(?:[^0-9]{0,12}(?:context|window|上下文))?)",
       R"(([0-9][0-9.,]*)[ -]?(k|m|千|万|百万)[ -]?[^0-9.,;，。；字]{0,8}(?:context|上下文))",
       R"((?:context|上下文)[^0-9]{0,30}?([0-9][0-9.,]*) ?(k|m|千|万)?\b)"},
      text);
  if (!number) return std::nullopt;
  return Claim{ClaimKind::context, "", {}, Strength::some, *number};
}

std::optional<Claim> read_size(std::string_view s) {
  const auto number = number_by(
      {R"(([0-9][0-9.,]*)[ -]?(b|m|t|billion|million|trillion|万亿|亿|万|十亿|百万)?[ -]?(?:个)?(?:total |trainable )?(?:parameters?|params|参数))",
       R"((?:parameters?|params|参数量?|参数规模)[^0-9.,;，。；]{0,10}?([0-9][0-9.,]*) ?(b|m|t|billion|million|trillion|万亿|亿|万|十亿|百万)(?:[^a-z]|$))",
       R"(\b([0-9]+(?:\.[0-9]+)?) ?(b)[ -]?(?:language |chat |base |instruct )?(?:model\b|模型))"},
      s);
  if (!number) return std::nullopt;
  return Claim{ClaimKind::size, "", {}, Strength::some, *number};
}

std::optional<Claim> read_license(std::string_view s) {
  std::string name;
  const RE2 license(
      R"(\b(apache|mit|gpl|agpl|lgpl|cc[- ]by(?:[- ](?:nc|sa|nd))*|llama|gemma|bsd)\b)", folded());
  const bool named = found("licen[cs]e|许可|协议", s) &&
                     RE2::PartialMatch(re2::StringPiece(s.data(), s.size()), license, &name);
  if (!named) return std::nullopt;
  name = lower_ascii(name);
  std::replace(name.begin(), name.end(), ' ', '-');
  return Claim{ClaimKind::license, name, {}, Strength::some, 0.0};
}

/// Subjects of which a page boasts by a high share of what is avoided or a low one of what happens
/// ("blocks 98%", "in 2% of the answers"): a small share counts failures.
bool small_is_good(std::string_view subject) {
  for (const char* one :
       {"hallucination", "injection", "privacy", "copyright", "bias", "sycophancy", "refusal"}) {
    if (subject == one) return true;
  }
  return false;
}

/// What is claimed of a subject; `share` is the one that belongs to it, if any.
void read_strength(std::string_view s, const Share* share, Claim& claim) {
  if (share != nullptr) {
    const bool failures = of_failures(s) || (small_is_good(claim.subject) && share->value < 0.5);
    claim.number = failures ? 1.0 - share->value : share->value;
    claim.strength = claim.number == 1.0 ? Strength::absolute : Strength::number;
  } else if (is_absolute(s)) {
    claim.strength = Strength::absolute;
    claim.number = 1.0;
  }
}

/// The claims of behaviour out of subjects or benchmarks, in the order of the list.
void read_behaviour(std::string_view s, const std::vector<Subject>& list, bool named,
                    std::vector<Claim>& out) {
  struct Found {
    const Subject* subject;
    std::size_t at;
  };
  std::vector<Found> all;
  for (const Subject& subject : list) {
    const RE2 rule(std::string("(").append(subject.pattern) + ")", folded());
    re2::StringPiece word;
    if (!RE2::PartialMatch(re2::StringPiece(s.data(), s.size()), rule, &word)) continue;
    // "Never invents facts" is no claim to know them.
    if (subject.name == "facts" && !all.empty()) continue;
    all.push_back({&subject, static_cast<std::size_t>(word.data() - s.data())});
  }
  const std::vector<Share> shares = shares_of(s, named);
  const bool relative = compares(s);
  for (const Found& one : all) {
    // One share holds for all; of several, each subject has its own, if there are as many.
    const auto rank = static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](const Found& other) { return other.at < one.at; }));
    const bool paired = shares.size() == 1 || shares.size() == all.size();
    const Share* share =
        shares.empty() || !paired ? nullptr : &shares[shares.size() == 1 ? 0 : rank];
    Claim claim{ClaimKind::behaviour, std::string(one.subject->name), one.subject->tasks,
                Strength::some, 0.0};
    read_strength(s, share, claim);
    const bool level = share != nullptr || claim.strength == Strength::absolute || praises(s);
    const bool open = relative || (!shares.empty() && !paired) || (named && !level);
    if (claim.tasks.empty() || open) claim.kind = ClaimKind::other;
    if (level || open) out.push_back(std::move(claim));
  }
}

/// Claims that somebody could test, with words that only claims have.
bool sounds_like_a_claim(std::string_view s) {
  return found(
      R"([0-9]+(\.[0-9]+)? ?[%％]|faster|fastest|\bbest\b|state[- ]of[- ]the[- ]art|outperform|accura|supports?\b|languages|tokens per second|\bnever\b|\balways\b|\bsafe\b|secure|reliab|更快|最快|最好|领先|超过|准确|支持|种语言|绝不|安全|可靠)",
      s);
}

std::string without_markup(std::string line) {
  static constexpr std::array<std::pair<const char*, const char*>, 7> rules{{
      {R"(^\s*\*\s+)", ""},  // a list's star is not emphasis
      {R"(!\[[^\]]*\]\([^)]*\))", " "},
      {R"(\[([^\]]*)\]\([^)]*\))", R"(\1)"},
      {R"(<[^>]*>)", " "},
      {R"(https?://\S+)", " "},
      {R"([*_`~]+)", ""},
      {R"(^\s*(#+|[-+>]|[0-9]+[.)])\s+)", ""},
  }};
  for (const auto& [rule, with] : rules) RE2::GlobalReplace(&line, RE2(rule), with);
  return line;
}

void split_line(std::string_view line, std::vector<std::string>& out) {
  const std::u32string points = code_points(line);
  std::u32string sentence;
  const auto end_sentence = [&] {
    const std::string text(trim(to_utf8(sentence)));
    if (code_points(text).size() >= 4) out.push_back(text);
    sentence.clear();
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    sentence += points[i];
    const bool wide = std::u32string_view(U"。！？；").find(points[i]) != std::u32string_view::npos;
    const bool narrow = std::u32string_view(U".!?").find(points[i]) != std::u32string_view::npos;
    const bool at_end = i + 1 == points.size() || points[i + 1] == U' ';
    if (wide || (narrow && at_end)) end_sentence();
  }
  end_sentence();
}

}  // namespace

std::vector<std::string> sentences_of(std::string_view page) {
  std::vector<std::string> out;
  if (!is_utf8(page)) return out;
  bool code = false;
  for (const std::string& line : split(page, '\n')) {
    const std::string_view start = trim(line);
    if (start.starts_with("```") || start.starts_with("~~~")) {
      code = !code;
      continue;
    }
    if (code || start.empty()) continue;
    if (start.find_first_not_of("|-: =") == std::string_view::npos) continue;  // a rule
    split_line(without_markup(line), out);
  }
  return out;
}

const char* to_string(ClaimKind kind) {
  switch (kind) {
    case ClaimKind::context: return "context";
    case ClaimKind::size: return "size";
    case ClaimKind::license: return "license";
    case ClaimKind::behaviour: return "behaviour";
    case ClaimKind::other: return "other";
  }
  return "other";
}

std::vector<Claim> read_claims(std::string_view sentence) {
  std::vector<Claim> out;
  if (sentence.ends_with("?") || sentence.ends_with("？")) return out;
  for (auto* read : {&read_context, &read_size, &read_license}) {
    if (auto claim = read(sentence)) out.push_back(std::move(*claim));
  }
  if (disclaims(sentence)) return out;
  const std::size_t of_file = out.size();
  read_behaviour(sentence, benchmarks(), true, out);
  if (out.size() == of_file) read_behaviour(sentence, subjects(), false, out);
  if (out.empty() && sounds_like_a_claim(sentence)) {
    const std::vector<Share> shares = shares_of(sentence, false);
    read_strength(sentence, shares.empty() ? nullptr : &shares.front(), out.emplace_back());
  }
  return out;
}

Json to_json(const Claim& claim) {
  return {{"kind", to_string(claim.kind)},
          {"subject", claim.subject},
          {"tasks", claim.tasks},
          {"strength", static_cast<int>(claim.strength)},
          {"number", claim.number}};
}

std::optional<Claim> claim_from_json(const Json& json) {
  if (!json.is_object() || !json.contains("kind")) return std::nullopt;
  Claim out;
  const std::string kind = json.value("kind", "other");
  for (const ClaimKind one : {ClaimKind::context, ClaimKind::size, ClaimKind::license,
                              ClaimKind::behaviour, ClaimKind::other}) {
    if (kind == to_string(one)) out.kind = one;
  }
  out.subject = json.value("subject", "");
  out.tasks = json.value("tasks", std::vector<std::string>{});
  out.strength = static_cast<Strength>(std::clamp(json.value("strength", 0), 0, 2));
  out.number = json.value("number", 0.0);
  return out;
}

}  // namespace assay::eval::product
