#include "eval/product/wording.h"

#include <charconv>
#include <optional>
#include <re2/re2.h>
#include <string>

namespace assay::eval::product {
RE2::Options folded() {
  RE2::Options out;
  out.set_case_sensitive(false);
  out.set_log_errors(false);
  return out;
}

std::optional<double> number_of(std::string text) {
  std::erase(text, ',');
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return value;
}

namespace {

/// All first groups of a pattern that are numbers from `least` to 100, as shares.
std::vector<Share> all_of(const char* pattern, std::string_view text, double least) {
  const RE2 rule(pattern, folded());
  re2::StringPiece rest(text.data(), text.size());
  re2::StringPiece digits;
  std::vector<Share> out;
  while (RE2::FindAndConsume(&rest, rule, &digits)) {
    const auto value = number_of(std::string(digits.data(), digits.size()));
    if (!value || *value < least || *value > 100.0) continue;
    out.push_back({*value / 100.0, static_cast<std::size_t>(digits.data() - text.data())});
  }
  return out;
}

}  // namespace

bool found(std::string_view pattern, std::string_view text) {
  const RE2 rule(re2::StringPiece(pattern.data(), pattern.size()), folded());
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), rule);
}

bool disclaims(std::string_view s) {
  return found(
      R"(\b(may|might|could|sometimes|occasionally) [^.;]{0,40}\b(hallucinat|fabricat|invent|mistake|error|wrong|inaccura|incorrect|bias|harmful|unsafe|leak|reveal|outdated))"
      R"(|\bcan (still |also |sometimes |occasionally |at times )?(hallucinat|fabricat|invent|leak|reveal|make (mistakes|errors|things up)|be (wrong|inaccurate|incorrect|biased)))"
      R"(|\bnot (yet |very |always |particularly )?(good|great|reliable|suitable|suited|designed|intended|recommended|meant|guaranteed|perfect|accurate|safe)\b)"
      R"(|\b(limitations?|disclaimer|no guarantee|prone to|struggles?|weak(ness)? (in|at|with))\b|\b(does not|doesn't|do not|cannot|can't) (guarantee|always)\b)"
      R"(|^(please|do not|don't|never (enter|share|paste|upload|rely))\b|\b(users?|you|developers?) (should|must|need to|are advised)\b)"
      R"(|(可能|有时|偶尔|难免)[^，。；]{0,10}(幻觉|编造|捏造|错误|出错|偏见|歧视|有害|泄露|泄漏|不准确|失误|过时))"
      R"(|不擅长|不适合|不适用|不保证|不能保证|无法保证|不一定|并不总|并非总|局限|^请|请勿|请不要|(用户|您|你)(应|须|需要|不得|不要|不应))",
      s);
}

bool is_absolute(std::string_view s) {
  const bool hedged = found(
      R"(\b(almost|nearly|practically|virtually|hardly|rarely|seldom)\b|几乎|基本上?|很少|极少|大多)",
      s);
  return !hedged &&
         found(
             R"(\bnever\b|\balways\b|\bcannot\b|\bwill not\b|\bdoes not\b|\bdoesn't\b|\bwon't\b|\bno (hallucinat|bias|leak|error)|\bzero[- ](hallucinat|bias|leak|error|mistake)|\b(free of|without) (any )?(hallucinat|bias|leak|error|mistake|discriminat|fabricat)|\bevery (time|answer|question|case)\b|绝不|从不|永不|不会|总是|始终|零(幻觉|偏见|泄露|泄漏|错误|误差|失误)|杜绝|任何(时候|情况|问题))",
             s);
}

bool praises(std::string_view s) {
  return found(
      R"(\b(good|great|strong|excellent|excels?|excelling|skilled|expert|capable|able to|proficient|masters?|best|leading|robust|resistant|resists?|refus\w+|declin\w+|blocks?|rejects?|protects?|keeps?|guards?|safeguards?|avoids?|prevents?|solves?|handles?|writes?|follow(s|ing)|remembers?|stands? by|consisten\w+|reliabl[ey]|reliability|accura\w+|correct(ly)?|outperforms?|state[- ]of[- ]the[- ]art|unbiased|fair(ness)?|trained to|made for|ideal for|perfect for|helps?|answers?|rarely|hardly|seldom|almost never)\b)"
      R"(|\bcan (write|solve|generate|explain|follow|answer|handle|remember|calculate|program|refuse|resist)\b)"
      R"(|几乎(不|从不|没有)|很少|极少|擅长|精通|善于|出色|优秀|优异|强大|强劲|领先|最佳|能够|能(写|解|算|回答|记住|遵循|拒绝|抵御|保护)|可以|会写|准确|可靠|支持|胜任|拒绝|保护|保密|遵循|遵守|记住|抵御|防(止|御|范)|避免|坚持|一致|公平)",
      s);
}

bool compares(std::string_view s) {
  return found(
      R"([0-9]\s?[%％] (better|more|less|fewer|faster|slower|lower|higher|cheaper|smaller|larger|improve|increase|reduction|decrease)|\b(reduc|improv|increas|lower|cut|cuts|decreas|boost|rais)\w* [^.;]{0,50}\bby (up to |about |around |over |more than )?[0-9.]+\s?[%％]|(提升|提高|降低|减少|下降|增加|增长|改善|快|多|少)了?(约|近|超过|至少|高达)?\s?[0-9.]+\s?[%％])",
      s);
}

std::vector<Share> shares_of(std::string_view s, bool bare) {
  std::vector<Share> out = all_of(R"(([0-9]+(?:\.[0-9]+)?)\s?[%％])", s, 0.0);
  if (!out.empty() || !bare) return out;
  return all_of(R"((?:^|[^0-9A-Za-z.])([0-9]{1,2}\.[0-9]{1,2})(?:$|[^0-9A-Za-z.]|\.$|\.\s))", s,
                1.0);
}

bool of_failures(std::string_view s) {
  return found(
      R"(\b(error|failure|mistake|hallucination|fabrication|leak|leakage|attack success|jailbreak|refusal failure)[- ]rates?\b|\b(errors?|mistakes|failures?) in (only |just |about |less than |under |fewer than )*[0-9]|错误率|出错率|误差率|失误率|幻觉率|泄露率|泄漏率|失败率)",
      s);
}

}  // namespace assay::eval::product
