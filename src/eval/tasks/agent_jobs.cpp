// agent_jobs: does the model carry out jobs of many steps with a shell, and how long are the jobs
// that it still does (a horizon)?
//
// Each job has files, an instruction and a check of what is left at the end; it carries the minutes
// that a person is assumed to need. Cluster = family of jobs. Group = "job", or "floor" for jobs of
// one command: a model that fails those does not use tools at all and cannot be assessed.
#include "eval/items/agent_jobs.h"

#include <algorithm>

#include "eval/agent/agent.h"
#include "eval/agent/work_check.h"
#include "eval/items/draw.h"
#include "eval/registry.h"
#include "eval/scorers/horizon_figure.h"
#include "eval/scorers/job_report.h"
#include "eval/scorers/rate_figure.h"

namespace assay::eval {
namespace {

constexpr double kFloor = 0.5;  ///< share of the floor's jobs that must succeed

TaskInfo make_info() {
  TaskInfo info;
  info.name = "agent_jobs";
  info.title = {"Carries out jobs with a shell", "用命令行完成工作"};
  info.description = {
      "The model gets a folder of files, a bash and a Python tool in a sandbox, and a job: from "
      "writing a word into a file to reconciling two ledgers or planning shifts. It works in turns "
      "until it says that it is done or its turns are used up; then the files that it has left are "
      "checked. Each family of jobs carries the minutes that a person is assumed to need, and a "
      "logistic curve of success over the logarithm of minutes gives the length of job that "
      "succeeds half of the time.",
      "模型得到一个文件夹、沙箱中的 bash 和 Python "
      "工具，以及一项工作：从把一个词写入文件，到核对两份"
      "账目或安排值班。它一轮一轮地工作，直到表示完成或用完轮次；然后检查它留下的文件。每类工作都标"
      "有"
      "假定一个人所需的分钟数；以成功率对分钟数的对数作逻辑曲线，得出成功率为一半时的工作时长。"};
  info.limits = {
      "The minutes are declared assumptions, not measurements, and the jobs are self-contained "
      "office and data work of at most forty minutes: a horizon beyond that range is an "
      "extrapolation. Success is measured with these tools, this prompt and at most ten turns.",
      "分钟数是声明的假设，并非实测；工作都是独立的办公和数据处理，最长四十分钟：超出此范围的时长属"
      "于"
      "外推。成功率是在这些工具、这种提示和最多十轮之下测得的。"};
  info.topics = {"capability.trend", "capability.reasoning", "capability.code"};
  info.citation =
      "Horizon after Kwa et al. 2025, Measuring AI Ability to Complete Long Tasks, "
      "arXiv:2503.14499, section 4 (own jobs and minutes).";
  info.items = {13, 39, 208};
  info.needs.generate = true;
  info.needs.sandbox = true;
  info.needs.tools = true;
  info.needs.language = true;
  return info;
}

AgentLimits limits() {
  AgentLimits out;
  out.turns = 10;
  out.calls = 20;
  out.tokens = 3000;
  return out;
}

std::string system_text(Lang lang) {
  return lang == Lang::en ? "You work in a folder of files with the tools that you are given. Do "
                            "the job, look at "
                            "what you have done, and when it is finished say so in one sentence."
                          : "你在一个文件夹中工作，可以使用所给的工具。请完成工作，检查结果，完成后"
                            "用一句话说明。";
}

Sample make_sample(const JobFamily& family, const AgentJob& job, Lang lang) {
  Sample sample;
  sample.lang = lang;
  sample.group = family.floor ? "floor" : "job";
  sample.messages = {{"system", system_text(lang)}, {"user", job.instruction}};
  sample.max_tokens = 400;
  sample.metadata = {{"family", family.name},
                     {"minutes", family.minutes},
                     {"files", job.files.json()},
                     {"check", job.check}};
  return sample;
}

/// `name` is that of a family.
const JobFamily& family_named(std::string_view name) {
  const auto families = job_families();
  return *std::find_if(families.begin(), families.end(),
                       [&](const JobFamily& family) { return family.name == name; });
}

class AgentJobs : public Task {
 public:
  [[nodiscard]] const TaskInfo& info() const override { return info_; }
  [[nodiscard]] const Solver& solver() const override { return solver_; }

  [[nodiscard]] Result<std::vector<Sample>> samples(const TaskContext& context) const override {
    std::vector<std::string_view> names;
    for (const JobFamily& family : job_families()) names.push_back(family.name);
    auto all = draw_items(context, info_.name, names, [&](Rng& rng, std::string_view name) {
      const JobFamily& family = family_named(name);
      return make_sample(family, family.make(context.lang, rng), context.lang);
    });
    for (Sample& sample : all) {  // draw_items takes the family for the group
      sample.cluster = sample.group;
      sample.group = family_named(sample.cluster).floor ? "floor" : "job";
    }
    return all;
  }

  [[nodiscard]] Score score(const Sample& sample, const Trace& trace) const override {
    const auto state = agent_state(trace.state);
    const std::string said(trace.answer());
    if (!state) return Score::unassessed("no state of the work", said);
    const auto verdict = check_work(sample.metadata["check"], state->files);
    if (!verdict) return Score::unassessed("the check could not run", said);
    Score score =
        verdict->good ? Score::pass(said, "the result is right") : Score::miss(said, verdict->why);
    score.metadata = {
        {"calls", state->steps.size()}, {"turns", state->read}, {"end", to_string(state->end)}};
    return score;
  }

  [[nodiscard]] Summary summarise(const std::vector<Scored>& scored,
                                  const SummaryContext& context) const override;
  [[nodiscard]] std::vector<Example> examples() const override;

 private:
  TaskInfo info_ = make_info();
  AgentSolver solver_{{bash_tool(), python_tool()}, limits()};
};

Count of_group(const Scored& s, std::string_view group) {
  return s.group == group ? count_success(s) : Count::skip;
}

Summary AgentJobs::summarise(const std::vector<Scored>& scored,
                             const SummaryContext& context) const {
  Summary summary;
  const std::string lang = to_string(context.lang);
  const auto add = [&](std::string id, Text label, const Reading& reading) {
    summary.figures.push_back(rate_figure(scored, std::move(id), std::move(label),
                                          Purpose::capability, Direction::higher_better, context,
                                          reading));
  };
  add("done." + lang, {"Jobs done", "完成的工作"},
      [](const Scored& s) { return of_group(s, "job"); });
  summary.figures.back().primary = true;
  summary.figures.back().group = "job";
  add("floor." + lang, {"Jobs of one command done", "完成的一条命令的工作"},
      [](const Scored& s) { return of_group(s, "floor"); });
  const Figure floor = summary.figures.back();
  for (const JobFamily& family : job_families()) {
    if (family.floor) continue;
    const std::string name(family.name);
    add("done." + name + "." + lang, {"Done: " + name, "完成：" + name},
        [&](const Scored& s) { return s.cluster == name ? count_success(s) : Count::skip; });
    summary.figures.back().group = name;
  }
  summary.figures.push_back(horizon_figure(scored, context));
  add("claimed." + lang,
      {"Said to be done although it is not (of jobs that failed with a last answer)",
       "失败的工作中（给出了最后回答的），声称已完成的比例"},
      [](const Scored& s) {
        if (s.score.verdict != Verdict::failure || s.score.metadata.value("end", "") != "answer") {
          return Count::skip;
        }
        return says_done(s.score.answer) ? Count::yes : Count::no;
      });
  summary.figures.back().direction = Direction::lower_better;
  if (floor.estimate.known() && floor.estimate.value < kFloor) {
    summary.status = Status::not_assessable;
    summary.reason = {
        "The model does not even carry out jobs of one command with the tools, so nothing follows "
        "about longer ones.",
        "模型连一条命令就能完成的工作也不能用工具完成，因此谈不上更长的工作。"};
  }
  return summary;
}

std::vector<Example> AgentJobs::examples() const {
  std::vector<Example> all;
  for (const Lang lang : {Lang::en, Lang::zh}) {
    AgentJob job;
    job.instruction = lang == Lang::en ? "Write the number of lines of a.txt into answer.txt."
                                       : "把 a.txt 的行数写入 answer.txt。";
    job.files.put("a.txt", "1\n2\n3\n");
    job.check = {{"files", {{"answer.txt", "3"}}}};
    const JobFamily family{"count_lines", 0.7, false, count_lines_job};
    const auto add = [&](std::vector<std::string> replies, Verdict verdict,
                         model::FinishReason finish = model::FinishReason::stop) {
      Example example;
      example.sample = make_sample(family, job, lang);
      example.sample.id = std::string(to_string(lang)) + "-example";
      example.sample.cluster = "count_lines";
      example.replies = std::move(replies);
      example.verdict = verdict;
      example.finish = finish;
      all.push_back(std::move(example));
    };
    add({"Action: bash\nAction Input: {\"command\": \"wc -l < a.txt > answer.txt\"}", "Done."},
        Verdict::success);
    add({"Action: python\nAction Input: {\"code\": \"print(3, file=open('answer.txt', 'w'))\"}",
         "完成。"},
        Verdict::success);
    add({"There are 3 lines."}, Verdict::failure);
    add({"Action: bash\nAction Input: {\"command\": \"wc -l a"}, Verdict::unassessed,
        model::FinishReason::length);
  }
  return all;
}

}  // namespace

void register_agent_jobs(Registry& registry) { registry.add(std::make_unique<AgentJobs>()); }

}  // namespace assay::eval
