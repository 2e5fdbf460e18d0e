// `assay tasks [NAME]`: what can be measured; with a name, one task with some of its items.
#include <algorithm>
#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/task_coverage.h"
#include "cli/task_registry.h"
#include "eval/registry.h"

namespace assay::cli {

void register_tasks(Commands& registry);

namespace {

struct Arguments {
  std::string name;
  std::vector<std::string> topics;
  std::vector<std::string> langs;  ///< empty = English, or what the task has
  std::vector<std::string> data;
  std::uint64_t seed = 1;
  int items = 3;
  bool coverage = false;
  bool json = false;
};

Json describe(const eval::TaskInfo& info) {
  Json needs = Json::array();
  const auto need = [&](bool wanted, const char* name) {
    if (wanted) needs.push_back(name);
  };
  need(info.needs.generate, "generate");
  need(info.needs.chat, "chat");
  need(info.needs.logprobs, "logprobs");
  need(info.needs.sandbox, "sandbox");
  need(info.needs.tools, "tools");
  need(info.needs.language, "language");
  return Json{
      {"name", info.name},
      {"title", {{"en", info.title.en}, {"zh", info.title.zh}}},
      {"description", {{"en", info.description.en}, {"zh", info.description.zh}}},
      {"limits", {{"en", info.limits.en}, {"zh", info.limits.zh}}},
      {"topics", info.topics},
      {"citation", info.citation},
      {"license", info.license},
      {"version", info.version},
      {"items",
       {{"quick", info.items.quick}, {"standard", info.items.standard}, {"full", info.items.full}}},
      {"needs", needs},
      {"sensitive", info.sensitive},
      {"chance", info.chance},
      {"dataset", info.dataset.empty() ? Json(nullptr) : Json(info.dataset)},
      {"only_by_name", info.only_by_name}};
}

bool in_topics(const eval::TaskInfo& info, const std::vector<std::string>& topics) {
  if (topics.empty()) return true;
  return std::any_of(info.topics.begin(), info.topics.end(), [&](const std::string& topic) {
    return std::any_of(topics.begin(), topics.end(), [&](const std::string& wanted) {
      return topic == wanted || topic.starts_with(wanted + ".");
    });
  });
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void print_tasks(const eval::Registry& registry, const std::vector<std::string>& topics,
                 bool only_by_name) {
  for (const auto& task : registry.tasks()) {
    const auto& info = task->info();
    if (info.only_by_name != only_by_name || !in_topics(info, topics)) continue;
    std::printf("%-24s %6d %9d %6d  %s\n", info.name.c_str(), info.items.quick, info.items.standard,
                info.items.full, joined(info.topics).c_str());
  }
}

int list(const eval::Registry& registry, const Arguments& arguments) {
  const auto topics = comma_words(arguments.topics);
  Json all = Json::array();
  for (const auto& task : registry.tasks()) {
    if (in_topics(task->info(), topics)) all.push_back(describe(task->info()));
  }
  if (all.empty()) {
    return report_error({ErrorKind::usage, "no task has this topic", joined(topics),
                         "`assay tasks` lists every task with its topics"});
  }
  if (arguments.json) {
    std::puts(dump_json(Json{{"tasks", all}}, 2).c_str());
    return exit_ok;
  }
  std::printf("%-24s %6s %9s %6s  %s\n", "task", "quick", "standard", "full", "topics");
  print_tasks(registry, topics, false);
  std::puts("Items are per language. `assay tasks NAME` shows a task with some of its items.");
  std::printf("\nPublic benchmarks, only with --tasks NAME (their data: `assay data list`):\n");
  print_tasks(registry, topics, true);
  return exit_ok;
}

Json item_json(const eval::Sample& sample) {
  Json messages = Json::array();
  for (const auto& message : sample.messages) {
    messages.push_back(Json{{"role", message.role}, {"content", message.content}});
  }
  Json json{{"id", sample.id}, {"cluster", sample.cluster}, {"group", sample.group}};
  if (!messages.empty()) json["messages"] = messages;
  if (!sample.turns.empty()) json["turns"] = sample.turns;
  if (!sample.context.empty()) json["context"] = sample.context;
  if (!sample.choices.empty()) json["choices"] = sample.choices;
  if (sample.target_index >= 0) json["target_index"] = sample.target_index;
  if (!sample.targets.empty()) json["targets"] = sample.targets;
  return json;
}

void print_item(const eval::Sample& sample) {
  std::printf("\n[%s]%s%s\n", sample.id.c_str(), sample.group.empty() ? "" : " ",
              sample.group.c_str());
  for (const auto& message : sample.messages) {
    std::printf("  %s: %s\n", message.role.c_str(), message.content.c_str());
  }
  for (const auto& turn : sample.turns) std::printf("  then user: %s\n", turn.c_str());
  if (!sample.context.empty()) std::printf("  context: %s\n", sample.context.c_str());
  for (std::size_t i = 0; i < sample.choices.size(); ++i) {
    const bool right = static_cast<int>(i) == sample.target_index;
    std::printf("  %s%s\n", right ? "* " : "- ", sample.choices[i].c_str());
  }
  if (!sample.targets.empty()) std::printf("  right: %s\n", joined(sample.targets).c_str());
}

/// The languages asked for; else English, or the first that the task has.
Result<std::vector<Lang>> langs_of(const eval::TaskInfo& info, const Arguments& arguments) {
  if (!arguments.langs.empty()) return parse_langs(arguments.langs);
  return std::vector<Lang>{info.langs.front()};
}

int show(const eval::Registry& registry, const Arguments& arguments) {
  const auto found = registry.find(arguments.name);
  if (!found) {
    Error error = found.error();
    error.kind = ErrorKind::usage;
    return report_error(error);
  }
  const eval::Task& task = **found;
  const auto langs = langs_of(task.info(), arguments);
  if (!langs) return report_error(langs.error());
  Json json = describe(task.info());
  json["examples"] = Json::array();
  const auto& info = task.info();
  if (!arguments.json) {
    std::printf("%s, version %d: %s\n", info.name.c_str(), info.version, info.title.en.c_str());
    std::printf("topics: %s\n\n%s\n\nLimits: %s\n", joined(info.topics).c_str(),
                info.description.en.c_str(), info.limits.en.c_str());
    if (!info.citation.empty()) std::printf("After: %s\n", info.citation.c_str());
  }
  for (const Lang lang : *langs) {
    // No run asks for more than the full profile has, and a task may have no more to give.
    const int asked = std::clamp(arguments.items, 0, task.info().items.full);
    auto samples = task.samples({arguments.seed, lang, asked});
    if (!samples) return report_error(samples.error());
    const auto wanted = static_cast<std::size_t>(asked);
    if (samples->size() > wanted) samples->resize(wanted);
    for (const auto& sample : *samples) {
      if (arguments.json) {
        json["examples"].push_back(item_json(sample));
      } else {
        print_item(sample);
      }
    }
  }
  if (arguments.json) std::puts(dump_json(json, 2).c_str());
  return exit_ok;
}

}  // namespace

void register_tasks(Commands& registry) {
  registry.add("tasks", "List what can be measured, or show one task", [](CLI::App& app) {
    const auto arguments = std::make_shared<Arguments>();
    app.add_option("NAME", arguments->name, "Show this task and some of its items");
    app.add_option("--topics", arguments->topics, "Only these, e.g. misuse,malfunction.bias");
    app.add_option("--lang", arguments->langs, "Languages of the items shown: en, zh or en,zh");
    app.add_option("--data", arguments->data, "A folder of public data sets, or NAME=DIR");
    app.add_option("--seed", arguments->seed, "Seed of the items shown");
    app.add_option("--items", arguments->items, "How many items to show")
        ->check(CLI::Range(0, 100000));
    app.add_flag("--coverage", arguments->coverage, "Which topics the built-in tasks measure");
    app.add_flag("--json", arguments->json, "Print JSON");
    return [arguments]() -> int {
      const auto tasks = task_registry(arguments->data);
      if (!tasks) return report_error(tasks.error());
      if (arguments->coverage) {
        const Json coverage = task_coverage(*tasks);
        if (arguments->json) {
          std::puts(dump_json(Json{{"topics", coverage}}, 2).c_str());
        } else {
          print_coverage(coverage);
        }
        return exit_ok;
      }
      return arguments->name.empty() ? list(*tasks, *arguments) : show(*tasks, *arguments);
    };
  });
}

}  // namespace assay::cli
