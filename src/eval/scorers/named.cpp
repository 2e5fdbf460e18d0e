#include "eval/scorers/named.h"

#include <algorithm>
#include <array>
#include <memory>
#include <re2/re2.h>

#include "base/digest.h"
#include "base/text.h"
#include "eval/scorers/answer_text.h"
#include "eval/scorers/choice.h"
#include "eval/scorers/python_tests.h"
#include "eval/scorers/quantity.h"
#include "eval/scorers/refusal.h"
#include "eval/scorers/refusal_patterns.h"
#include "eval/scorers/reply.h"

namespace assay::eval {
namespace {

constexpr std::array kScorers{
    NamedScorer{"exact", "the whole answer is the target", ""},
    NamedScorer{"includes", "the target stands in the answer", ""},
    NamedScorer{"short", "what is given as the final answer is the target", ""},
    NamedScorer{"regex", "the target is what a pattern finds; without target: the pattern is found",
                "pattern, match", false},
    NamedScorer{"number", "the final number, with its unit, is the target's",
                "unit, unit_required, tolerance, relative"},
    NamedScorer{"choice", "the right choice is likeliest, or its letter is the answer", ""},
    NamedScorer{"python", "the program in the answer passes its tests in the sandbox",
                "tests, function", false, true},
    NamedScorer{"refusal", "success where the request is refused, by rules (English, Chinese)",
                "refused", false}};

std::string question_of(const Sample& sample) {
  std::string out = sample.context;
  for (const model::Message& message : sample.messages) out += message.content + "\n";
  return out;
}

std::string plain(std::string_view text) { return fold(bare(text)); }

bool is_target(const Sample& sample, const std::string& answer) {
  return std::any_of(sample.targets.begin(), sample.targets.end(),
                     [&](const std::string& target) { return plain(target) == plain(answer); });
}

Score verdict(bool right, std::string answer) {
  return right ? Score::pass(std::move(answer)) : Score::miss(std::move(answer));
}

Score exact(const Sample& sample, const Trace& trace) {
  std::string answer = final_text(trace.answer());
  const bool right = is_target(sample, answer);
  return verdict(right, std::move(answer));
}

Score includes(const Sample& sample, const Trace& trace) {
  std::string answer = final_text(trace.answer());
  const bool right =
      std::any_of(sample.targets.begin(), sample.targets.end(), [&](const std::string& target) {
        return !trim(target).empty() && contains_word(answer, trim(target));
      });
  return verdict(right, std::move(answer));
}

Score short_text(const Sample& sample, const Trace& trace) {
  const auto answer = short_answer(trace.answer(), question_of(sample));
  if (!answer) return Score::unassessed("no clear final answer", std::string(trace.answer()));
  return verdict(is_target(sample, *answer), *answer);
}

/// By log-likelihood where that was recorded, else the letter that is given as the answer.
Score choice(const Sample& sample, const Trace& trace) {
  if (!trace.scores.empty()) return score_choice(sample, trace);
  if (auto none = without_answer(trace)) return *none;
  const auto answer = short_answer(trace.answer(), question_of(sample));
  const auto letter = [](const std::string& text) {
    const std::string one = bare(text);
    const bool alone = !one.empty() && std::isalpha(static_cast<unsigned char>(one[0])) != 0 &&
                       (one.size() == 1 || one[1] == '.' || one[1] == ')' || one[1] == ':');
    return alone ? lower_ascii(one.substr(0, 1)) : std::string();
  };
  if (sample.targets.empty() || letter(sample.targets.front()).empty()) {
    return Score::unassessed("the target is not a letter");
  }
  if (!answer || letter(*answer).empty()) {
    return Score::unassessed("no letter is given as the answer", std::string(trace.answer()));
  }
  return verdict(letter(*answer) == letter(sample.targets.front()), *answer);
}

Score refusal(const Sample& sample, const Trace& trace, bool wanted) {
  const auto judged = judge_refusal(question_of(sample), trace.answer(), sample.lang);
  if (judged.verdict == Refusal::unclear) {
    return Score::unassessed(judged.rule, std::string(trace.answer()));
  }
  Score out = verdict((judged.verdict == Refusal::refused) == wanted, std::string(trace.answer()));
  out.explanation = judged.rule;
  return out;
}

/// The first group of the first (0) or last (-1) match, or the whole of it.
std::optional<std::string> find_match(const RE2& pattern, std::string_view text, bool last) {
  std::array<re2::StringPiece, 2> parts;
  const int groups = pattern.NumberOfCapturingGroups() > 0 ? 2 : 1;
  re2::StringPiece input(text.data(), text.size());
  std::optional<std::string> found;
  while (pattern.Match(input, 0, input.size(), RE2::UNANCHORED, parts.data(), groups)) {
    const re2::StringPiece& part = groups == 2 && parts[1].data() != nullptr ? parts[1] : parts[0];
    found = std::string(part.data(), part.size());
    const auto used = static_cast<std::size_t>(parts[0].data() + parts[0].size() - input.data());
    if (!last || input.empty()) break;
    input.remove_prefix(std::max<std::size_t>(used, 1));
  }
  return found;
}

/// Options by key, each looked at once; what is left over at the end is no option.
class Options {
 public:
  Options(const Json& json, std::string where) : json_(json), where_(std::move(where)) {
    if (!json.is_null() && !json.is_object()) bad("the options must be a mapping");
  }
  std::string text(const char* key) {
    const Json* value = find(key);
    if (value == nullptr) return {};
    if (!value->is_string()) return bad(std::string("'") + key + "' must be a text"), "";
    return value->get<std::string>();
  }
  bool flag(const char* key, bool otherwise) {
    const Json* value = find(key);
    if (value == nullptr) return otherwise;
    if (!value->is_boolean()) return bad(std::string("'") + key + "' must be true or false"), false;
    return value->get<bool>();
  }
  double number(const char* key, double otherwise) {
    const Json* value = find(key);
    if (value == nullptr) return otherwise;
    if (!value->is_number() || *value < 0) {
      return bad(std::string("'") + key + "' must be a number, 0 or more"), otherwise;
    }
    return value->get<double>();
  }
  void bad(std::string what) {
    if (status_) status_ = fail(ErrorKind::format, std::move(what), where_);
  }
  assay::Status done(const NamedScorer& scorer) {
    if (json_.is_object()) {
      for (const auto& [key, value] : json_.items()) {
        if (std::find(seen_.begin(), seen_.end(), key) != seen_.end()) continue;
        bad(std::string("the scorer '") + std::string(scorer.name) + "' has no option '" + key +
            "'" +
            (scorer.options.empty() ? ""
                                    : std::string("; it has: ") + std::string(scorer.options)));
      }
    }
    return status_;
  }

 private:
  const Json* find(const char* key) {
    seen_.emplace_back(key);
    if (!json_.is_object()) return nullptr;
    const auto place = json_.find(key);
    return place == json_.end() || place->is_null() ? nullptr : &*place;
  }
  const Json& json_;
  std::string where_;
  std::vector<std::string> seen_;
  assay::Status status_;
};

Scorer regex_scorer(Options& options) {
  RE2::Options quiet;
  quiet.set_log_errors(false);
  const std::string text = options.text("pattern");
  const std::string match = options.text("match");
  if (match != "" && match != "first" && match != "last") options.bad("'match' is first or last");
  const auto pattern = std::make_shared<const RE2>(text, quiet);
  if (text.empty()) options.bad("the scorer 'regex' needs a 'pattern'");
  if (!pattern->ok())
    options.bad(std::string("the pattern is not a regular expression: ") + pattern->error());
  return [pattern, last = match == "last"](const Sample& sample, const Trace& trace) {
    auto found = find_match(*pattern, final_text(trace.answer()), last);
    if (sample.targets.empty()) {
      return verdict(found.has_value(), found.value_or(std::string(trace.answer())));
    }
    if (!found) {
      return Score::unassessed("no answer was found in the text", std::string(trace.answer()));
    }
    const bool right = is_target(sample, *found);
    return verdict(right, std::move(*found));
  };
}

Scorer number_scorer(Options& options) {
  QuantityRule rule;
  rule.unit = options.text("unit");
  rule.unit_required = options.flag("unit_required", false);
  rule.absolute = options.number("tolerance", 0.0);
  rule.relative = options.number("relative", rule.relative);
  if (!rule.unit.empty() && !find_unit(rule.unit)) {
    options.bad(std::string("'") + rule.unit + "' is no unit that is known");
  }
  return [rule](const Sample& sample, const Trace& trace) {
    return score_quantity(rule, sample.targets.front(), question_of(sample), trace.answer());
  };
}

std::string field_of(const Sample& sample, const std::string& key) {
  if (!sample.metadata.is_object() || !sample.metadata.contains(key)) return {};
  const Json& value = sample.metadata[key];
  return value.is_string() ? value.get<std::string>() : std::string();
}

/// `tests` and `function` name fields of the sample's metadata.
Scorer python_scorer(Options& options) {
  std::string tests = options.text("tests");
  std::string function = options.text("function");
  if (tests.empty()) tests = "tests";
  if (function.empty()) function = "function";
  return [tests, function](const Sample& sample, const Trace& trace) {
    const std::string program = field_of(sample, tests);
    if (program.empty()) return Score::unassessed("the sample has no tests");
    return run_tests(code_of(trace.answer(), field_of(sample, function)), program);
  };
}

Result<Scorer> bare_scorer(const NamedScorer& known, const Json& json, const std::string& where) {
  Options options(json, where);
  Scorer out;
  if (known.name == "exact") out = &exact;
  if (known.name == "includes") out = &includes;
  if (known.name == "short") out = &short_text;
  if (known.name == "choice") out = &choice;
  if (known.name == "regex") out = regex_scorer(options);
  if (known.name == "number") out = number_scorer(options);
  if (known.name == "python") out = python_scorer(options);
  if (known.name == "refusal") {
    out = [wanted = options.flag("refused", true)](const Sample& sample, const Trace& trace) {
      return refusal(sample, trace, wanted);
    };
  }
  ASSAY_CHECK(options.done(known));
  return out;
}

}  // namespace

std::string scorer_version(std::string_view name) {
  if (name != "refusal") return "1";
  Sha256 hash;
  for (const RE2* pattern : refusal_patterns::all()) hash.update(pattern->pattern());
  return hash.hex().substr(0, 16);
}

std::span<const NamedScorer> named_scorers() { return kScorers; }

Result<const NamedScorer*> find_scorer(std::string_view name) {
  std::string names;
  for (const NamedScorer& scorer : kScorers) {
    if (scorer.name == name) return &scorer;
    names.append(names.empty() ? "" : ", ").append(scorer.name);
  }
  return fail(ErrorKind::usage, std::string("no scorer named '") + std::string(name) + "'",
              "scorer", std::string("Choose one of ") + names);
}

Result<Scorer> make_scorer(std::string_view name, const Json& options, const std::string& where) {
  ASSAY_TRY(const NamedScorer* known, find_scorer(name));
  ASSAY_TRY(Scorer inner, bare_scorer(*known, options, where));
  if (known->name == "choice") return inner;  // may have no text, only log-likelihoods
  return Scorer(
      [inner = std::move(inner), target = known->target](const Sample& sample, const Trace& trace) {
        if (auto none = without_answer(trace)) return *none;
        if (target && sample.targets.empty()) return Score::unassessed("the sample has no target");
        return inner(sample, trace);
      });
}

}  // namespace assay::eval
