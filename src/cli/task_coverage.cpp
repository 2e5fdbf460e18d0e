#include "cli/task_coverage.h"

#include <algorithm>
#include <cstdio>

#include "eval/topics.h"
#include "report/topics.h"

namespace assay::cli {
namespace {

constexpr std::size_t kWanted = 2;

std::string names(const Json& tasks) {
  std::string text;
  for (const Json& task : tasks) text += (text.empty() ? "" : ", ") + task.get<std::string>();
  return text;
}

}  // namespace

bool needs_two_tasks(std::string_view topic) {
  for (const char* area : {"misuse", "malfunction", "capability", "systemic.privacy",
                           "systemic.copyright", "systemic.divide"}) {
    if (eval::topic_matches(topic, area)) return true;
  }
  return false;
}

Json task_coverage(const eval::Registry& registry) {
  Json out = Json::array();
  for (const report::TopicInfo& about : report::topics()) {
    const std::string_view topic = about.id;
    Json row{{"topic", topic},
             {"title", {{"en", about.title.en}, {"zh", about.title.zh}}},
             {"en", Json::array()},
             {"zh", Json::array()},
             {"wanted", needs_two_tasks(topic) ? kWanted : 0}};
    for (const auto& task : registry.tasks()) {
      const eval::TaskInfo& info = task->info();
      if (info.only_by_name || info.items.standard <= 0) continue;
      if (std::find(info.topics.begin(), info.topics.end(), topic) == info.topics.end()) continue;
      for (const Lang lang : info.langs) row[to_string(lang)].push_back(info.name);
    }
    out.push_back(std::move(row));
  }
  return out;
}

void print_coverage(const Json& coverage) {
  std::printf("%-30s %3s %3s  %s\n", "topic", "en", "zh", "tasks of the standard profile");
  std::string lacking;
  for (const Json& row : coverage) {
    const std::string topic = row["topic"].get<std::string>();
    const auto wanted = row["wanted"].get<std::size_t>();
    const bool lacks = row["en"].size() < wanted || row["zh"].size() < wanted;
    Json all = row["en"];
    for (const Json& task : row["zh"]) {
      if (std::find(all.begin(), all.end(), task) == all.end()) all.push_back(task);
    }
    std::printf("%-30s %3zu %3zu%s %s\n", topic.c_str(), row["en"].size(), row["zh"].size(),
                lacks ? "!" : " ", names(all).c_str());
    if (lacks) lacking += (lacking.empty() ? "" : ", ") + topic;
  }
  if (lacking.empty()) {
    std::puts(
        "\nEvery topic that can be measured by asking a model has two tasks or more in both "
        "languages.");
  } else {
    std::printf("\n! fewer than two tasks in a language: %s\n", lacking.c_str());
  }
  std::puts("Topics with 0 are about other things than a model's answers, or need its inside.");
}

}  // namespace assay::cli
