// The readers of data sets and task files: RFC 4180, JSONL, YAML, mappings, templates; and bad
// input of each kind, with the line where it is bad.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "eval/data/choice_question.h"
#include "eval/data/csv.h"
#include "eval/data/moonshot_file.h"
#include "eval/data/records.h"
#include "eval/data/text_file.h"
#include "eval/task_files/harness.h"
#include "eval/task_files/mapping.h"
#include "eval/task_files/yaml.h"

namespace assay::eval {
namespace {

using Fields = std::vector<std::string>;

TEST(Csv, ReadsQuotesBreaksAndLineEnds) {
  const auto rows = data::parse_csv_rows("a,\"b\"\"c, d\"\r\n\n\"x\ny\",\n,\"\"", "f.csv");
  ASSERT_TRUE(rows) << rows.error().message();
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_EQ((*rows)[0].fields, (Fields{"a", "b\"c, d"}));
  EXPECT_EQ((*rows)[1].fields, (Fields{"x\ny", ""}));
  EXPECT_EQ((*rows)[1].line, 3);
  EXPECT_EQ((*rows)[2].fields, (Fields{"", ""}));
  EXPECT_EQ((*rows)[2].line, 5);
}

TEST(Csv, ErrorsNameTheLine) {
  const auto open = data::parse_csv_rows("a,b\nc,\"d\ne", "f.csv");
  ASSERT_FALSE(open);
  EXPECT_EQ(open.error().where, "f.csv, line 2");
  const auto after = data::parse_csv_rows("\"a\nb\"c", "f.csv");
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().where, "f.csv, line 2");
  const auto columns = data::parse_csv("a,b\n1,2\n3\n", "f.csv");
  ASSERT_FALSE(columns);
  EXPECT_EQ(columns.error().where, "f.csv, line 3");
  EXPECT_FALSE(data::parse_csv("a,a\n1,2\n", "f.csv"));
}

/// Whatever the fields are, what is written by RFC 4180 is read back.
RC_GTEST_PROP(Csv, ReadsBackWhatWasWritten, (const std::vector<Fields>& table)) {
  std::string text;
  std::vector<Fields> written;
  for (const Fields& row : table) {
    if (row.empty()) continue;
    written.push_back(row);
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += i > 0 ? ",\"" : "\"";
      for (const char c : row[i]) text += c == '"' ? std::string("\"\"") : std::string(1, c);
      text += '"';
    }
    text += "\r\n";
  }
  const auto rows = data::parse_csv_rows(text, "f.csv");
  RC_ASSERT(rows.has_value());
  std::vector<Fields> read;
  for (const auto& row : *rows) read.push_back(row.fields);
  RC_ASSERT(read == written);
}

TEST(DataText, RefusesWhatIsNotText) {
  EXPECT_EQ(data::clean_text("\xEF\xBB\xBFhi", "f").value(), "hi");
  EXPECT_FALSE(data::clean_text("", "f"));
  EXPECT_FALSE(data::clean_text(" \n", "f"));
  const auto utf16 = data::clean_text(std::string("\xFF\xFEh\0i\0", 6), "f");
  ASSERT_FALSE(utf16);
  EXPECT_NE(utf16.error().what.find("UTF-16"), std::string::npos);
  const auto latin = data::clean_text("one\ntwo \xE9\n", "f");
  ASSERT_FALSE(latin);
  EXPECT_EQ(latin.error().where, "f, line 2");
}

TEST(Records, FieldsHaveTypes) {
  const data::Record record(*parse_json(R"({"a": "7", "b": {"c": ["x"]}, "d": 1.5})", "t"),
                            "f, line 9");
  EXPECT_EQ(record.integer("a").value(), 7);
  EXPECT_EQ(record.texts("b/c").value(), Fields{"x"});
  EXPECT_EQ(record.integer("d").error().where, "f, line 9");
  EXPECT_NE(record.text("z").error().next.find("a, b, d"), std::string::npos);
  EXPECT_FALSE(record.index("a", 7));
  EXPECT_FALSE(data::parse_jsonl("[1]\n", "f"));
  EXPECT_FALSE(data::parse_json_array("{}", "f"));
}

TEST(ChoiceQuestion, OptionsByLetterAndNumber) {
  const auto lettered = data::parse_lettered("Why?\nA. one\nmore\nB) two\n");
  ASSERT_TRUE(lettered);
  EXPECT_EQ(lettered->question, "Why?");
  EXPECT_EQ(lettered->options, (Fields{"one\nmore", "two"}));
  EXPECT_EQ(lettered->labelled("(b)"), 1);
  EXPECT_EQ(lettered->labelled("C"), std::nullopt);
  const auto numbered = data::parse_lettered("Why?\n1. one\n2. two");
  ASSERT_TRUE(numbered);
  EXPECT_EQ(data::lettered_prompt(*numbered, "Answer:"), "Why?\n1. one\n2. two\nAnswer:");
  EXPECT_FALSE(data::parse_lettered("Why?\nA. one"));
}

TEST(Moonshot, TargetsMayBeTextsOrLists) {
  const auto file = data::parse_moonshot(
      R"({"name": "n", "examples": [{"input": "Q\nA. x\nB. y", "target": ["B. y", "B"]},
          {"input": "2 + 2", "target": 4}]})",
      "m.json");
  ASSERT_TRUE(file) << file.error().message();
  EXPECT_EQ(data::as_choice(file->examples[0])->right, 1);
  EXPECT_FALSE(data::as_choice(file->examples[1]));
  EXPECT_EQ(file->examples[1].targets.front(), "4");
  EXPECT_FALSE(data::parse_moonshot(R"({"examples": []})", "m.json"));
  EXPECT_FALSE(data::parse_moonshot(R"({"examples": [{"input": 1, "target": "x"}]})", "m.json"));
}

TEST(Yaml, ScalarsTagsAndLimits) {
  const auto json = task_files::parse_yaml("a: 1\nb: '1'\nc: [x, 2.5, true, null]\n", "f.yaml");
  ASSERT_TRUE(json) << json.error().message();
  EXPECT_EQ(dump_json(*json), R"({"a":1,"b":"1","c":["x",2.5,true,null]})");
  const auto function = task_files::parse_yaml("a: 1\nb: !function utils.f\n", "f.yaml");
  ASSERT_FALSE(function);
  EXPECT_EQ(function.error().kind, ErrorKind::unsupported);
  EXPECT_EQ(function.error().where, "f.yaml, line 2");
  EXPECT_EQ(task_files::parse_yaml("a: [1\n", "f.yaml").error().kind, ErrorKind::format);
  EXPECT_FALSE(task_files::parse_yaml("a: 1\na: 2\n", "f.yaml"));
  // Bytes that are not UTF-8 reached an error text, whose writing threw.
  EXPECT_FALSE(task_files::parse_yaml("until: [\"\xF4.\"]\n", "f.yaml"));
  EXPECT_FALSE(task_files::parse_yaml("- 1\n", "f.yaml"));
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";  // ten times more on each line
  for (int i = 1; i < 8; ++i) {
    const std::string before = std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) bomb += "*a" + before + (k < 9 ? ", " : "]\n");
  }
  EXPECT_EQ(task_files::parse_yaml(bomb, "f.yaml").error().kind, ErrorKind::limit);
}

Result<std::vector<Sample>> mapped(const char* mapping, const char* lines) {
  return task_files::map_records(*parse_json(mapping, "m"), "m.json",
                                 *data::parse_jsonl(lines, "d.jsonl"));
}

TEST(Mapping, ChoicesTargetsAndTemplates) {
  const auto by_field = mapped(
      R"({"data": "d", "prompt": "Q: {{q}}\nA:", "choices": ["a", "b"], "target": "t", "group": "g"})",
      R"({"q": "one?", "a": "x", "b": 2, "t": "B", "g": "first"})");
  ASSERT_TRUE(by_field) << by_field.error().message();
  EXPECT_EQ((*by_field)[0].context, "Q: one?\nA:");
  EXPECT_EQ((*by_field)[0].choices, (Fields{" x", " 2"}));
  EXPECT_EQ((*by_field)[0].target_index, 1);
  const auto generated = mapped(R"({"data": "d", "prompt": "q", "target": "t", "lang": "zh"})",
                                R"({"q": "一加一？", "t": ["二", "2"]})");
  ASSERT_TRUE(generated) << generated.error().message();
  EXPECT_EQ((*generated)[0].messages[0].content, "一加一？");
  EXPECT_EQ((*generated)[0].targets.size(), 2U);
}

TEST(Mapping, FieldsOfTheScorerAndNoTargetWhereItNeedsNone) {
  const auto programs =
      mapped(R"({"data": "d", "prompt": "q", "score": "python", "fields": ["tests"]})",
             R"({"q": "Write f.", "tests": "assert f() == 1"})");
  ASSERT_TRUE(programs) << programs.error().message();
  EXPECT_EQ((*programs)[0].metadata["tests"], "assert f() == 1");
  EXPECT_TRUE((*programs)[0].targets.empty());
  EXPECT_FALSE(mapped(R"({"data": "d", "prompt": "q", "score": "number"})", R"({"q": "x"})"));
  EXPECT_FALSE(mapped(R"({"data": "d", "prompt": "q", "score": "refusal", "fields": ["f"]})",
                      R"({"q": "x"})"));
}

TEST(Mapping, ErrorsNameTheItem) {
  const char* mapping = R"({"data": "d", "prompt": "{{q}}", "choices": "c", "target": "t"})";
  const auto bad = [&](const char* lines) { return mapped(mapping, lines).error().message(); };
  EXPECT_NE(bad("{\"q\": \"x\", \"c\": [\"a\", \"b\"], \"t\": 0}\n{\"q\": \"x\", \"c\": [\"a\"], "
                "\"t\": 0}")
                .find("line 2"),
            std::string::npos);
  EXPECT_NE(bad(R"({"c": ["a", "b"], "t": 0})").find("not there"), std::string::npos);
  EXPECT_NE(bad(R"({"q": "x", "c": ["a", "b"], "t": 2})").find("2 choices"), std::string::npos);
  const auto unknown = mapped(R"({"data": "d", "prompt": "q", "target": "t", "grup": "g"})", "{}");
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().next.find("group"), std::string::npos);
}

Result<task_files::FileTaskSpec> harness(const std::string& yaml, const char* lines) {
  const auto json = task_files::parse_yaml(yaml, "h.yaml");
  if (!json) return tl::unexpected(json.error());
  const auto records = data::parse_jsonl(lines, "d.jsonl");
  return task_files::harness_task(*json, "h.yaml", *records, *records);
}

TEST(Harness, MultipleChoiceWithExamples) {
  const auto spec = harness(
      "task: t\noutput_type: multiple_choice\nnum_fewshot: 1\ndescription: \"D\\n\"\n"
      "doc_to_text: \"Question: {{question.strip()}}\\nAnswer:\"\n"
      "doc_to_target: \"{{choices.label.index(answerKey)}}\"\n"
      "doc_to_choice: \"{{choices.text}}\"\n",
      R"({"question": " Why? ", "choices": {"text": ["no", "yes"], "label": ["A", "B"]}, "answerKey": "B"})");
  ASSERT_TRUE(spec) << spec.error().message();
  const Sample& sample = spec->samples[0];
  EXPECT_EQ(sample.context, "D\nQuestion: Why?\nAnswer: yes\n\nQuestion: Why?\nAnswer:");
  EXPECT_EQ(sample.choices, (Fields{" no", " yes"}));
  EXPECT_EQ(sample.target_index, 1);
}

TEST(Harness, TemplatesWithBlocksKeepTheirWhiteSpace) {
  const auto spec = harness(
      "output_type: multiple_choice\ntarget_delimiter: \"\"\ndoc_to_target: 0\n"
      "doc_to_choice: [a, b]\n"
      "doc_to_text: \"x {% if n > 1 %}\\nmany{% else %} one{% endif %}\\n\"\n",
      R"({"n": 2})");
  ASSERT_TRUE(spec) << spec.error().message();
  EXPECT_EQ(spec->samples[0].context, "x \nmany\n");
  EXPECT_EQ(spec->samples[0].choices, (Fields{"a", "b"}));
}

TEST(Harness, WhatIsNotUnderstoodIsRefused) {
  const std::string base = "doc_to_text: q\ndoc_to_target: t\n";
  const char* line = R"({"q": "x", "t": "y"})";
  EXPECT_TRUE(harness(base, line));
  for (const char* more :
       {"process_results: f\n", "output_type: other\n", "metric_list: [{metric: bleu}]\n",
        "generation_kwargs: {do_sample: true}\n",
        "filter_list: [{name: x, filter: [{function: majority_vote}]}]\n"}) {
    const auto spec = harness(base + more, line);
    ASSERT_FALSE(spec) << more;
    EXPECT_EQ(spec.error().kind, ErrorKind::unsupported) << more;
  }
}

TEST(Harness, AScorerOfOursWithItsOptions) {
  const std::string base = "doc_to_text: q\ndoc_to_target: t\noutput_type: generate_until\n";
  const char* line = R"({"q": "How far?", "t": "3 km"})";
  const auto spec = harness(
      base + "metric_list: [{metric: 'assay:number', aggregation: mean, relative: 0.1}]\n", line);
  ASSERT_TRUE(spec) << spec.error().message();
  EXPECT_EQ(spec->scorer, "number");
  EXPECT_EQ(dump_json(spec->scorer_options), R"({"relative":0.1})");
  EXPECT_FALSE(harness(base + "metric_list: [{metric: 'assay:guess'}]\n", line));
  EXPECT_FALSE(harness(base + "metric_list: [{metric: 'assay:number', unit: 3}]\n", line));
}

TEST(Answers, RulesOfComparison) {
  task_files::AnswerRule rule;
  rule.pattern = "#### (-?[0-9.]+)";
  EXPECT_EQ(task_files::extract_answer(rule, "so 3 #### 4 or #### 5"), "4");
  rule.pattern_match = -1;
  EXPECT_EQ(task_files::extract_answer(rule, "so 3 #### 4 or #### 5"), "5");
  EXPECT_EQ(task_files::extract_answer(rule, "none"), std::nullopt);
  rule.ignore_case = rule.ignore_punctuation = true;
  EXPECT_TRUE(task_files::answers_match(rule, " The End. ", "the end"));
  EXPECT_FALSE(task_files::answers_match(rule, "the end of it", "the end"));
}

}  // namespace
}  // namespace assay::eval
