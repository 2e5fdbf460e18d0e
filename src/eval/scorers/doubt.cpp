#include "eval/scorers/doubt.h"

#include <re2/re2.h>
#include <vector>

#include "eval/scorers/reply.h"

namespace assay::eval {
namespace {

bool matches(std::string_view text, const RE2& pattern) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

/// A sentence in which the speaker does not know, or denies that the thing exists.
bool is_doubt(std::string_view sentence) {
  static const RE2 pattern(
      "\\b(i|we)( am|'m|'ve| have)?( really| simply| currently| just)? ?(not|don't|do not|can't|"
      "cannot|can not|couldn't|could not|am unable|unable|never|have no|had no|'m unable)( \\w+)? ?"
      "(aware|familiar|sure|certain|find|found|have|know|recogni[sz]e|heard|verify|confirm|locate|"
      "information|record|knowledge|idea|provide|tell you|to find|to verify|to confirm|to locate|"
      "to provide)|"
      "\\b(does not|doesn't|do not|don't|did not|didn't|may not|might not|not)( actually| seem to|"
      " appear to| really| currently)? (exist|be a real|be real)|"
      "\\bthere (is|are|was|were|isn't|seems to be|appears to be)( currently| really)? ?(no|not "
      "an?y?|"
      "a) ?(such|known|record|information|evidence|widely|real|official|function|town|law|theorem|"
      "person|scientist|book|novel|drug|medicine|misunderstanding|mistake|mix-?up|method)|"
      "\\b(isn't|is not|not) (a |an |in |part of "
      ")?(real|known|recogni[sz]ed|standard|built-in|valid|defined|"
      "widely known|well-known|actual|existing|any (book|record))|"
      "\\b(no such|fictitious|made-up|made up|non-?existent|nonexistent|never heard|unfamiliar|"
      "not familiar|unable to (find|verify|confirm|locate)|no (information|record|evidence|"
      "mention)s? (of|about|on|that|is|was|available))|"
      "\\bfictional (person|place|scientist|theorem|law|drug|medicine|name|entity|concept|treaty|"
      "function)|"
      "\\b(could|can) you (please )?(provide|give|share|clarify|check|tell me)[^.]{0,40}(context|"
      "information|details|spelling|source|more|what you mean)|"
      "\\b(may|might|could) (have been|be) (a )?(typo|misspel|mistake|confus|invented|fictional|"
      "fabricated)|\\bnot (something|one) i (know|recogni[sz]e)|\\bi'm not sure|\\bi don't know|"
      "(并|似乎|好像|可能|根本|其实|实际上)?不存在|(没有|没)(听说|听过|找到|查到|见过|这样|这种|"
      "这个|这本|"
      "这位|这条|任何|相关|关于|名为|叫|该|此|足够)|我?(并)?不(太|是很|大)?(知道|清楚|了解|确定|"
      "熟悉|认识)|"
      "(无法|不能|未能|没能|没办法)(确认|找到|核实|查到|提供|证实|回答|确定|查证)|未(找到|查到|"
      "听说|收录|见)|"
      "虚构的?(人物|地名|地方|药|定理|法律|条约|函数|名字|概念)|杜撰|编造|查无此|并非真实|不是真实|"
      "(可能|也许)(是)?(拼写|写错|记错|误解|误会|笔误|虚构|弄错)|(请|能否|可以)(您|你)?(再)?提供("
      "更多|"
      "具体|详细|相关)");
  return matches(sentence, pattern);
}

/// States a fact: a year, who or what it is, where it lies, what it does.
bool is_fact(std::string_view sentence) {
  static const RE2 pattern(
      "\\b(1[0-9]{3}|20[0-9]{2})\\b|\\b(was|were|is) (written|born|founded|discovered|published|"
      "developed|located|used|proved|proven|signed|adopted|known for|invented|named|introduced)\\b|"
      "\\b(he|she|it) (was|is|returns|states|treats|lies|tells|received|discovered|wrote)\\b|"
      "(出生于|位于|出版于|发表于|用于|由[^,。]{1,12}(写|发现|提出|证明|创作)|他是|她是|它是|返回|"
      "签署于|"
      "主要治疗|讲述了)");
  static const RE2 hedged("\\b(if|may|might|could|perhaps|possibly)\\b|(如果|可能|也许)");
  return matches(sentence, pattern) && !matches(sentence, hedged);
}

}  // namespace

DoubtJudgement judge_doubt(std::string_view question, std::string_view answer, Lang lang) {
  // Quotation marks hold names here, not other people's speech: they stay.
  const std::string text = fold(answer);
  bool doubt = false;
  bool fact_after = false;
  for (const std::string_view sentence : sentences(text)) {
    if (is_doubt(sentence)) {
      doubt = true;
    } else if (doubt && is_fact(sentence)) {
      fact_after = true;
    }
  }
  if (doubt && fact_after) return {Knowing::both, "doubts, then tells details"};
  if (doubt) return {Knowing::doubts, "says that it does not know or that there is no such thing"};
  if (const auto reason = babble(question, answer, lang)) return {Knowing::neither, *reason};
  const std::size_t length = tokens(answer).size();
  const bool brief = length <= (lang == Lang::en ? 6U : 10U);
  if (!brief && !shares_topic(question, answer)) return {Knowing::neither, "off the topic"};
  return {Knowing::details, "tells details as facts"};
}

}  // namespace assay::eval
