#include "evidence/plans.h"

#include <algorithm>

#include "audit/log_writer.h"
#include "base/digest.h"
#include "evidence/entries.h"

namespace assay::evidence {
namespace {

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

Json value_of(const Json& json, const std::string& key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return json.is_object() && found != json.end() ? *found : Json(nullptr);
}

struct Named {
  const char* key;
  Text name;
};

const std::vector<Named>& compared() {
  static const std::vector<Named> all{
      {"profile", {"the profile", "评估档次"}},
      {"langs", {"the languages", "语言"}},
      {"topics", {"the topics", "主题"}},
      {"tasks", {"the tasks", "任务"}},
      {"seed", {"the seed", "随机种子"}},
      {"epochs", {"the answers to each item", "每题回答次数"}},
      {"reducer", {"how several answers become one", "多次回答的合并方式"}},
      {"reducer_k", {"k of the reducer", "合并方式的 k"}},
      {"max_items", {"the limit of items", "题数上限"}},
      {"max_tokens", {"the limit of tokens", "词元上限"}},
      {"max_time_ms", {"the limit of time", "时间上限"}},
      {"vary", {"the contexts", "情境"}},
      {"more", {"the options of the command", "命令选项"}},
  };
  return all;
}

void compare(std::vector<Text>& out, const Text& name, const Json& planned, const Json& done) {
  if (planned == done) return;
  const std::string was = dump_json(planned);
  const std::string is = dump_json(done);
  out.push_back({"Otherwise than planned: " + name.en + " (planned " + was + ", done " + is + ").",
                 "与计划不符：" + name.zh + "（计划 " + was + "，实际 " + is + "）。"});
}

Result<std::vector<std::string>> all_entries(const Folder& folder, const audit::Verifier& key) {
  ASSAY_TRY(audit::LogReader log, audit::LogReader::open(audit::open_disk(folder.log()), {key}));
  std::vector<std::string> out;
  ASSAY_CHECK(log.for_each(0, log.size(), [&](std::uint64_t, std::string_view entry) {
    out.emplace_back(entry);
    return true;
  }));
  return out;
}

}  // namespace

Result<Plan> commit_plan(const Folder& folder, const audit::SigningKey& key, const Json& content,
                         const std::string& created) {
  const Json entry = plan_entry(content, created);
  ASSAY_TRY(audit::LogWriter log, audit::LogWriter::open(folder.log(), key, 30.0));
  Plan out;
  ASSAY_TRY(out.index, log.append(dump_json(entry)));
  ASSAY_CHECK(log.commit());
  out.id = text_of(entry, "plan");
  out.created = created;
  out.content = content;
  return out;
}

Result<Plan> find_plan(const Folder& folder, const audit::Verifier& key, const std::string& id) {
  ASSAY_TRY(const std::vector<std::string> entries, all_entries(folder, key));
  ASSAY_TRY(const History history, history_of(entries));
  const Plan* found = nullptr;
  for (const Plan& plan : history.plans) {
    if (!plan.id.starts_with(id)) continue;
    if (found != nullptr && found->id != plan.id) {
      return fail(ErrorKind::usage, "several plans begin with " + id, folder.root.string(),
                  "Give more of its id");
    }
    if (found == nullptr) found = &plan;  // the same plan committed twice: the earlier counts
  }
  if (found != nullptr) return *found;
  return fail(ErrorKind::not_found, "no plan " + id + " was committed", folder.root.string(),
              "`assay plan --commit` commits one before the run");
}

std::vector<Text> deviations(const Json& plan, const Json& run) {
  std::vector<Text> out;
  const Json planned = value_of(plan, "config");
  const Json done = value_of(run, "config");
  for (const Named& each : compared()) {
    compare(out, each.name, value_of(planned, each.key), value_of(done, each.key));
  }
  const Json model = value_of(plan, "model");
  if (!model.is_null()) {
    compare(out, {"the model", "模型"}, model, value_of(run, "model_digest"));
  }
  compare(out, {"the versions of the tasks", "任务版本"}, value_of(plan, "tasks"),
          value_of(value_of(run, "header"), "tasks"));
  return out;
}

Result<History> history_of(const std::vector<std::string>& entries) {
  History out;
  const auto find = [&](const std::string& id) {
    return std::find_if(out.runs.begin(), out.runs.end(),
                        [&](const LoggedRun& run) { return run.id == id; });
  };
  for (std::size_t i = 0; i < entries.size(); ++i) {
    ASSAY_TRY(const Entry entry, parse_entry(entries[i], i));
    const Json& json = entry.json;
    if (entry.type == "plan") {
      const Json content = value_of(json, "content");
      const std::string id = text_of(json, "plan");
      if (id != sha256_hex(dump_json(content)).substr(0, 16)) {
        return fail(ErrorKind::format, "a plan's id is not that of its content",
                    "entry " + std::to_string(i));
      }
      out.plans.push_back({id, text_of(json, "created"), i, content});
    } else if (entry.type == "begin") {
      const Json model = value_of(json, "model");
      LoggedRun run;
      run.id = text_of(json, "run");
      run.created = text_of(json, "created");
      if (model.is_object()) {
        run.model = text_of(model, "name");
        run.model_digest = text_of(model, "digest");
      }
      run.profile = text_of(json, "profile");
      run.plan = text_of(json, "plan");
      run.state = "begun";
      run.index = i;
      out.runs.push_back(std::move(run));
    } else if (entry.type == "state") {
      if (const auto run = find(text_of(json, "run")); run != out.runs.end()) {
        run->state = text_of(json, "state");
      }
    } else if (entry.type == "bundle") {
      if (const auto run = find(text_of(json, "run")); run != out.runs.end()) run->bundled = true;
    }
  }
  return out;
}

}  // namespace assay::evidence
