// The readers on logs that the real tools wrote (tests/golden/logs) and on hand-made bad ones.
#include <cmath>
#include <gmock/gmock.h>

#include "eval/replay.h"
#include "logs/values.h"
#include "unit/logs/logs_fixture.h"

namespace assay::logs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ReadersTest : public LogsFixture {};

TEST(ValuesTest, ScoresOfAllKinds) {
  const auto value = [](const Json& json) { return logged_scores("s", json).front().value; };
  EXPECT_EQ(value("C"), 1.0);
  EXPECT_EQ(value("I"), 0.0);
  EXPECT_EQ(value("P"), 0.5);
  EXPECT_EQ(value("N"), 0.0);
  EXPECT_EQ(value(true), 1.0);
  EXPECT_EQ(value("no"), 0.0);
  EXPECT_EQ(value("7.5"), 7.5);
  EXPECT_EQ(value(-3), -3.0);
  for (const Json& none : {Json("NaN"), Json("Infinity"), Json(nullptr), Json("maybe"), Json(""),
                           Json(std::nan(""))}) {
    EXPECT_FALSE(value(none).has_value()) << dump_json(none);
  }
  const auto parts = logged_scores("s", Json{{"a", 1}, {"b", "I"}});
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[1].scorer, "s/b");
  EXPECT_EQ(logged_scores("s", Json::array({0.5, "x"}))[1].reason, kReasonNotNumber);
  EXPECT_EQ(logged_scores("s", Json::object()).size(), 1U);
}

TEST(ValuesTest, NamesAndTimes) {
  EXPECT_EQ(task_name("inspect_evals/gsm8k"), "inspect_evals.gsm8k");
  EXPECT_EQ(task_name("../\n"), "...");
  EXPECT_EQ(task_name(" "), "unnamed");
  EXPECT_EQ(iso_time("2026-11-24T18:24:00.123+00:00"), "2026-11-24T18:24:00Z");
  EXPECT_EQ(iso_time(1795544915.9), "2026-11-24T18:28:35Z");
  EXPECT_EQ(iso_time("yesterday"), "");
  EXPECT_EQ(iso_time(-1e300), "");
}

void expect_capitals(LogReader& reader, const std::vector<LogSample>& samples) {
  const LogInfo& info = reader.info();
  EXPECT_EQ(info.tool, "inspect_ai");
  EXPECT_FALSE(info.tool_version.empty());
  EXPECT_EQ(info.model, "mockllm/model");
  ASSERT_EQ(info.tasks.size(), 1U);
  EXPECT_EQ(info.tasks[0].name, "capitals");
  EXPECT_EQ(info.tasks[0].planned, 8);
  EXPECT_EQ(info.tasks[0].epochs, 2);
  ASSERT_EQ(samples.size(), 8U);
}

TEST_F(ReadersTest, InspectArchiveAndJsonOfTheRealTool) {
  for (const char* name : {"capitals.eval", "capitals.json"}) {
    SCOPED_TRACE(name);
    auto reader = open_log(golden(name));
    ASSERT_TRUE(reader) << reader.error().message();
    const auto samples = samples_of(**reader);
    expect_capitals(**reader, samples);
    const LogSample* good = find(samples, "首都", 0);
    ASSERT_NE(good, nullptr);
    EXPECT_EQ(good->sample.targets, std::vector<std::string>{"北京"});
    EXPECT_EQ(good->sample.cluster, "首都");
    EXPECT_EQ(good->trace.answer(), "北京");
    ASSERT_EQ(good->scores.size(), 3U);
    EXPECT_EQ(good->scores[0].scorer, "includes");
    EXPECT_EQ(good->scores[0].value, 1.0);
    EXPECT_EQ(good->scores[1].scorer, "length/letters");
    EXPECT_EQ(good->scores[1].value, 2.0);
    EXPECT_EQ(good->ledger.prompt_tokens + good->ledger.completion_tokens, 0)
        << "the script's own usage is not a model's";
    EXPECT_EQ(find(samples, "首都", 1)->scores[0].value, 0.0);
    EXPECT_EQ(find(samples, "sum", 1)->unassessed, eval::kReasonCutOff);
    const LogSample* failed = find(samples, "cap", 1);
    EXPECT_EQ(failed->unassessed, kReasonError);
    EXPECT_THAT(failed->detail, HasSubstr("the tool broke"));
    EXPECT_FALSE(find(samples, "4", 0)->scores[1].value) << "a NaN";
    EXPECT_THAT(find(samples, "4", 0)->sample.messages[0].content, HasSubstr("Think about it."))
        << "long texts are attachments";
  }
}

TEST_F(ReadersTest, InspectSummariesHaveTheSameScores) {
  auto reader = open_log(golden("capitals.eval"));
  ASSERT_TRUE(reader);
  std::vector<LogSample> light;
  ASSERT_TRUE((*reader)->for_each_summary([&](LogSample&& sample) -> Status {
    light.push_back(std::move(sample));
    return {};
  }));
  ASSERT_EQ(light.size(), 8U);
  EXPECT_EQ(find(light, "首都", 0)->scores[0].value, 1.0);
  EXPECT_EQ(find(light, "cap", 1)->unassessed, kReasonError);
}

TEST_F(ReadersTest, InspectKilledRunIsSalvaged) {
  const std::string start = R"({"version":2,"eval":{"task":"t","model":"m","config":{"epochs":1},)"
                            R"("dataset":{"sample_ids":["a","b","c"]}}})";
  const std::string bytes =
      bytes_of(zip("whole.eval", {{"_journal/start.json", start},
                                  {"samples/a_epoch_1.json", inspect_sample_text("a", "\"C\"")},
                                  {"samples/b_epoch_1.json", inspect_sample_text("b", "\"I\"")}}));
  const std::size_t directory = bytes.find("PK\x01\x02");
  auto reader = open_log(write("killed.eval", bytes.substr(0, directory + 30)));
  ASSERT_TRUE(reader) << reader.error().message();
  EXPECT_EQ((*reader)->info().status, "started");
  EXPECT_EQ((*reader)->info().tasks[0].planned, 3);
  EXPECT_EQ((*reader)->info().notes.size(), 2U);
  const auto samples = samples_of(**reader);
  ASSERT_EQ(samples.size(), 2U);
  EXPECT_EQ(samples[0].scores[0].value, 1.0);
}

TEST_F(ReadersTest, InspectBadSamplesStayInTheCount) {
  const auto file =
      zip("a.eval",
          {{"header.json", header()},
           {"samples/a_epoch_1.json", inspect_sample_text("a", "\"C\"")},
           {"samples/../../etc/passwd_epoch_1.json", inspect_sample_text("up", "NaN")},
           {"samples/cut_epoch_2.json", R"({"id":"cut","epoch":2,"input":"q)"},
           {"samples/types_epoch_1.json",
            R"({"id":{"x":1},"epoch":"one","input":7,"target":null,"messages":"m","output":[],)"
            R"("scores":[1],"metadata":3,"error":null,"limit":null})"},
           {"samples/bytes_epoch_1.json", inspect_sample_text("b\xff", "0.25")},
           {"samples/same_epoch_1.json", inspect_sample_text("a", "\"I\"")},
           {"samples/limit_epoch_1.json",
            inspect_sample_text("l", "\"I\"", R"(,"limit":{"type":"token","limit":9})")},
           {"samples/huge_epoch_1.json",
            R"({"id":"huge","epoch":99999999999999999999,"scores":{"s":{"value":1e999}}})"}});
  const auto samples = samples_of(file);
  ASSERT_EQ(samples.size(), 8U);
  EXPECT_EQ(find(samples, "cut", 1)->unassessed, kReasonUnreadable);
  EXPECT_FALSE(find(samples, "up")->scores[0].value);
  EXPECT_NE(find(samples, "types"), nullptr);
  EXPECT_EQ(find(samples, "b\uFFFD")->scores[0].value, 0.25);
  EXPECT_EQ(find(samples, "a~2")->scores[0].value, 0.0);
  EXPECT_EQ(find(samples, "l")->unassessed, kReasonLimit);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "etc"));
}

TEST_F(ReadersTest, InspectWithoutSamplesSaysWhatToDo) {
  auto reader = open_log(zip("a.eval", {{"header.json", header()}}));
  ASSERT_TRUE(reader);
  const Status read = (*reader)->for_each([](LogSample&&) -> Status { return {}; });
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message(), HasSubstr("log_samples"));
  EXPECT_THAT(error_of(zip("b.eval", {{"other.json", "{}"}})), HasSubstr("header.json"));
  EXPECT_THAT(error_of(zip("c.eval", {{"header.json", "{\"eval\":3}"}})), HasSubstr("eval"));
}

TEST_F(ReadersTest, LmEvalOfTheRealTool) {
  auto reader = open_log(golden("lm-eval"));
  ASSERT_TRUE(reader) << reader.error().message();
  const LogInfo& info = (*reader)->info();
  EXPECT_EQ(info.tool, "lm-eval");
  EXPECT_EQ(info.config["model"], "dummy");
  ASSERT_EQ(info.tasks.size(), 2U);
  EXPECT_EQ(info.tasks[0].name, "tiny_sums");
  EXPECT_EQ(info.tasks[0].planned, 3);
  EXPECT_EQ(info.tasks[0].directions.at("acc"), eval::Direction::higher_better);
  const auto samples = samples_of(**reader);
  ASSERT_EQ(samples.size(), 6U);
  const LogSample& choice = samples[0];
  EXPECT_THAT(choice.sample.choices, ElementsAre(" 3", " 4"));
  EXPECT_EQ(choice.sample.target_index, 1);
  EXPECT_EQ(choice.sample.context, "2+2 =");
  ASSERT_EQ(choice.trace.scores.size(), 2U);
  EXPECT_LT(choice.trace.scores[0].total, 0.0);
  const bool right = choice.trace.scores[1].total > choice.trace.scores[0].total;
  EXPECT_EQ(choice.scores[0].scorer, "acc,none");
  EXPECT_EQ(choice.scores[0].value, right ? 1.0 : 0.0);
  const LogSample& text = samples[3];
  EXPECT_EQ(text.task, "tiny_words");
  EXPECT_EQ(text.trace.answer(), "lol");
  ASSERT_EQ(text.scores.size(), 2U) << "both filters";
  EXPECT_EQ(text.scores[0].scorer, "exact_match,strict");
  EXPECT_EQ(text.scores[1].scorer, "exact_match,loose");
}

TEST_F(ReadersTest, LmEvalBadLines) {
  write("samples_t_x.jsonl",
        "{\"doc_id\":0,\"filter\":\"none\",\"metrics\":[\"acc\"],\"acc\":NaN}\n"
        "not json\n\n"
        "{\"doc_id\":0,\"filter\":\"none\",\"metrics\":[\"acc\"],\"acc\":1}\n"
        "{\"doc_id\":1,\"filter\":\"none\",\"metrics\":[\"ppl\"],\"ppl\":[1,2],\"arguments\":3}\n"
        "{\"metrics\":[\"acc\"],\"acc\":1}\n");
  auto reader = open_log(folder_ / "samples_t_x.jsonl");
  ASSERT_TRUE(reader) << reader.error().message();
  EXPECT_TRUE((*reader)->info().model.empty());
  const auto samples = samples_of(**reader);
  ASSERT_EQ(samples.size(), 5U);
  EXPECT_EQ(samples[0].scores[0].reason, kReasonNotNumber);
  EXPECT_EQ(samples[1].unassessed, kReasonUnreadable);
  EXPECT_EQ(samples[2].sample.id, "0~2");
  EXPECT_EQ(samples[3].scores[0].reason, kReasonNotNumber) << "parts of an aggregate";
  EXPECT_EQ(samples[4].unassessed, kReasonUnreadable);
  write("results_y.json", R"({"results":{"t":{}}})");
  EXPECT_THAT(error_of(folder_ / "results_y.json"), HasSubstr("--log_samples"));
}

/// A report as garak 0.16 writes it: each attempt when it is answered and when it is judged.
std::string garak_report() {
  const std::string attempt =
      R"({"entry_type":"attempt","uuid":"U","seq":SEQ,"status":STATUS,"probe_classname":"dan.Tiny",)"
      R"("probe_params":{},"targets":[],"prompt":{"turns":[{"role":"user","content":{"text":"Please",)"
      R"("lang":"en","data_path":null}}],"notes":{}},"outputs":OUT,"detector_results":DET,)"
      R"("notes":{},"goal":"g","conversations":[],"reverse_translation_outputs":[],"intent":null})";
  const auto line = [&](std::string uuid, std::string seq, std::string status, std::string outputs,
                        std::string detectors) {
    std::string out = attempt;
    for (const auto& [mark, text] :
         {std::pair<std::string, std::string>{"\"U\"", "\"" + uuid + "\""},
          {"SEQ", seq},
          {"STATUS", status},
          {":OUT", ":" + outputs},
          {":DET", ":" + detectors}}) {
      out.replace(out.find(mark), mark.size(), text);
    }
    return out + "\n";
  };
  const std::string two = R"([{"text":"No"},{"text":"Yes"}])";
  return R"({"entry_type":"start_run setup","plugins.target_type":"test","plugins.target_name":)"
         R"("Tiny","run.eval_threshold":0.5,"run.generations":2})"
         "\n"
         R"({"entry_type":"init","garak_version":"0.16.0","start_time":"2026-11-24T10:00:00","run":"r"})"
         "\n" +
         line("a", "0", "1", two, "{}") +
         line("a", "0", "2", two, R"({"dan.DAN":[0.0,1.0],"m.Bypass":[0.5,null]})") +
         line("b", "1", "2", R"([{"text":"Hm"},null])", R"({"dan.DAN":[0.2,0.0]})") +
         line("c", "2", "1", two, "{}") + "broken {\n" +
         R"({"entry_type":"eval","probe":"dan.Tiny","detector":"dan.DAN","passed":2,"fails":1,)"
         R"("nones":0,"total_evaluated":3,"total_processed":4})"
         "\n";
}

TEST_F(ReadersTest, GarakReport) {
  auto reader = open_log(write("x.report.jsonl", garak_report()));
  ASSERT_TRUE(reader) << reader.error().message();
  const LogInfo& info = (*reader)->info();
  EXPECT_EQ(info.tool_version, "0.16.0");
  EXPECT_EQ(info.model, "test/Tiny");
  EXPECT_EQ(info.status, "incomplete");
  EXPECT_EQ(info.notes.size(), 2U);
  ASSERT_EQ(info.tasks.size(), 1U);
  const auto samples = samples_of(**reader);
  ASSERT_EQ(samples.size(), 6U) << "each uuid once";
  EXPECT_EQ(samples[0].scores[0].value, 1.0) << "no hit";
  EXPECT_EQ(samples[1].scores[0].value, 0.0) << "a hit";
  EXPECT_EQ(samples[0].scores[1].value, 0.0) << "at the threshold";
  EXPECT_EQ(samples[1].scores[1].reason, kReasonNoScore);
  EXPECT_EQ(samples[1].sample.id, samples[0].sample.id);
  EXPECT_EQ(samples[1].sample.cluster, samples[0].sample.cluster);
  EXPECT_EQ(samples[3].unassessed, kReasonError) << "no output, whatever the detector says";
  EXPECT_EQ(samples[4].unassessed, kReasonUnfinished);
  EXPECT_EQ(samples[0].trace.transcript.back().content, "No");
}

TEST_F(ReadersTest, HitLogGivesNoRate) {
  const auto file = write("x.hitlog.jsonl", R"({"goal":"g","attempt_id":"a","score":1.0})");
  EXPECT_THAT(error_of(file), HasSubstr("report.jsonl"));
}

TEST_F(ReadersTest, OtherFilesAreRefused) {
  EXPECT_THAT(error_of(write("a", "")), HasSubstr("empty"));
  EXPECT_THAT(error_of(write("b", "hello")), HasSubstr("no log"));
  EXPECT_THAT(error_of(write("c", "{\"a\":1}")), HasSubstr("no log"));
  EXPECT_THAT(error_of(write("d", "{\"eval\":{\"task\":\"t\"}")), HasSubstr("complete"));
  EXPECT_THAT(error_of(folder_), HasSubstr("results_"));
  EXPECT_THAT(error_of(folder_ / "none"), HasSubstr("no such file"));
}

}  // namespace
}  // namespace assay::logs
