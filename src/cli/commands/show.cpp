// `assay show RUN [SAMPLE]`: the figures of a run, a list of its samples, or one sample as it went.
#include <cstdio>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/run_output.h"
#include "eval/runner.h"
#include "eval/sample.h"
#include "eval/tool_form.h"

namespace assay::cli {

void register_show(Commands& registry);

namespace {

struct Arguments {
  std::string run = "latest";
  std::string sample;
  bool samples = false;
  std::string task;
  std::string lang;
  std::string verdict;
  std::int64_t limit = 50;
  std::string store;
  bool json = false;
};

Json scored_json(const store::SampleRecord& record) {
  return Json{{"task", record.task},
              {"lang", record.lang},
              {"sample", record.scored.sample},
              {"epoch", record.scored.epoch},
              {"verdict", to_string(static_cast<eval::Verdict>(record.scored.verdict))},
              {"value", record.scored.value},
              {"group", record.scored.group},
              {"cluster", record.scored.cluster},
              {"answer", record.scored.answer},
              {"explanation", record.scored.explanation}};
}

void print_choices(const eval::Sample& sample, const eval::Trace& trace) {
  if (!sample.context.empty()) std::printf("context: %s\n", sample.context.c_str());
  for (std::size_t i = 0; i < sample.choices.size(); ++i) {
    const bool right = static_cast<int>(i) == sample.target_index;
    const bool known = i < trace.scores.size();
    std::printf("  %s %9.3f nat  %s\n", right ? "*" : "-", known ? trace.scores[i].total : 0.0,
                sample.choices[i].c_str());
  }
}

void print_record(const store::SampleRecord& record) {
  std::printf("%s/%s/%s, epoch %d\n", record.task.c_str(), record.lang.c_str(),
              record.scored.sample.c_str(), record.scored.epoch);
  const auto sample = eval::sample_from_json(record.record.value("sample", Json::object()));
  const auto trace = eval::trace_from_json(record.record.value("trace", Json::object()));
  if (sample && trace) {
    for (const auto& message : trace->transcript) {
      std::printf("%s: %s\n", message.role.c_str(), eval::text_with_calls(message).c_str());
    }
    print_choices(*sample, *trace);
    if (trace->error) std::printf("error: %s\n", trace->error->message().c_str());
  }
  std::printf("verdict: %s (%s)\n", to_string(static_cast<eval::Verdict>(record.scored.verdict)),
              record.scored.explanation.c_str());
}

/// "task/lang/id" or just the id.
store::RecordFilter sample_filter(const std::string& name) {
  store::RecordFilter filter;
  const auto parts = split(name, '/');
  if (parts.size() == 3) {
    filter.task = parts[0];
    filter.lang = parts[1];
  }
  filter.sample = parts.size() == 3 ? parts[2] : name;
  return filter;
}

int show_sample(store::Store& store, const std::string& run, const Arguments& arguments) {
  const auto records = store.records(run, sample_filter(arguments.sample));
  if (!records) return report_error(records.error());
  if (records->empty()) {
    return report_error({ErrorKind::not_found, "this run has no such sample", arguments.sample,
                         "`assay show " + run + " --samples` lists them"});
  }
  Json list = Json::array();
  for (const auto& record : *records) {
    if (arguments.json) {
      Json json = scored_json(record);
      json["record"] = record.record;
      list.push_back(std::move(json));
    } else {
      print_record(record);
    }
  }
  if (arguments.json) std::puts(dump_json(list, 2).c_str());
  return exit_ok;
}

int list_samples(store::Store& store, const std::string& run, const Arguments& arguments) {
  store::RecordFilter filter;
  if (!arguments.task.empty()) filter.task = arguments.task;
  if (!arguments.lang.empty()) filter.lang = arguments.lang;
  if (!arguments.verdict.empty()) {
    const auto verdict = eval::parse_verdict(arguments.verdict);
    if (!verdict) return report_error(verdict.error());
    filter.verdict = static_cast<int>(*verdict);
  }
  filter.limit = arguments.limit;
  const auto records = store.records(run, filter);
  if (!records) return report_error(records.error());
  Json list = Json::array();
  for (const auto& record : *records) {
    if (arguments.json) {
      list.push_back(scored_json(record));
      continue;
    }
    const std::string name = record.task + "/" + record.lang + "/" + record.scored.sample;
    std::printf("%-44s %-10s %s\n", name.c_str(),
                to_string(static_cast<eval::Verdict>(record.scored.verdict)),
                record.scored.explanation.c_str());
  }
  if (arguments.json) std::puts(dump_json(list, 2).c_str());
  return exit_ok;
}

int show_run(store::Store& store, const store::RunRow& run, const Arguments& arguments) {
  const auto outcome = eval::load_outcome(store, run.id);
  if (!outcome) return report_error(outcome.error());
  if (arguments.json) {
    std::puts(dump_json(to_json(*outcome), 2).c_str());
    return exit_ok;
  }
  std::printf("Run %s of %s, profile %s, seed %llu, began %s, %s\n", run.id.c_str(),
              run.begun.model.c_str(), run.begun.profile.c_str(),
              static_cast<unsigned long long>(outcome->seed), run.begun.created.c_str(),
              run.finished.empty() ? "unfinished" : ("finished " + run.finished).c_str());
  print_figures(*outcome, true);
  return exit_ok;
}

int show(const Arguments& arguments) {
  auto store = store::Store::open(store_place(arguments.store), store::Mode::read);
  if (!store) return report_error(store.error());
  const auto run = store->find_run(arguments.run);
  if (!run) return report_error(run.error());
  if (!arguments.sample.empty()) return show_sample(*store, run->id, arguments);
  if (arguments.samples) return list_samples(*store, run->id, arguments);
  return show_run(*store, *run, arguments);
}

}  // namespace

void register_show(Commands& registry) {
  registry.add("show", "Show a run, its samples, or one sample", [](CLI::App& app) {
    const auto a = std::make_shared<Arguments>();
    app.add_option("RUN", a->run, "An id, its beginning, or latest")->required();
    app.add_option("SAMPLE", a->sample, "TASK/LANG/ID, or an id: the whole exchange");
    app.add_flag("--samples", a->samples, "List samples with their verdicts");
    app.add_option("--task", a->task, "With --samples: only this task");
    app.add_option("--lang", a->lang, "With --samples: only this language")
        ->check(CLI::IsMember({"en", "zh"}));
    app.add_option("--verdict", a->verdict, "With --samples: only success, failure or unassessed");
    app.add_option("--limit", a->limit, "With --samples: at most so many")
        ->check(CLI::PositiveNumber);
    app.add_option("--store", a->store, "The store of runs");
    app.add_flag("--json", a->json, "Print JSON");
    return [a] { return show(*a); };
  });
}

}  // namespace assay::cli
