#include "evidence/completeness.h"

#include <algorithm>

#include "audit/log_reader.h"
#include "evidence/entries.h"

namespace assay::evidence {
namespace {

std::string text_of(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return json.is_object() && found != json.end() && found->is_string() ? found->get<std::string>()
                                                                       : "";
}

/// Numbers of first entries after which there is something to say.
Result<std::vector<std::size_t>> telling(const std::vector<std::string>& entries,
                                         const std::string& run) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    ASSAY_TRY(const Entry entry, parse_entry(entries[i], i));
    const bool own = text_of(entry.json, "run") == run;
    if (!own || entry.type == "begin") out.push_back(i + 1);
  }
  return out;
}

void append(Text& text, const Text& more) {
  text.en += (text.en.empty() ? "" : " ") + more.en;
  text.zh += more.zh;
}

Text state_of(const LoggedRun& run) {
  if (run.state == "ended") return {"ended", "已结束"};
  if (run.state == "stopped") return {"stopped", "已中止"};
  return {"begun only", "仅开始"};
}

/// Other runs of the model of which no bundle was made.
void tell_unreported(Text& text, const History& history, const Json& run) {
  Text list;
  int count = 0;
  const std::string plan = [&] {
    for (const LoggedRun& each : history.runs) {
      if (each.id == text_of(run, "run")) return each.plan;
    }
    return std::string();
  }();
  for (const LoggedRun& each : history.runs) {
    const bool same = each.model_digest == text_of(run, "model_digest");
    if (each.id == text_of(run, "run") || !same || each.bundled) continue;
    ++count;
    const Text state = state_of(each);
    const bool planned = !plan.empty() && each.plan == plan;
    list.en += (list.en.empty() ? "" : ", ") + each.id + " (" + each.created + ", " + state.en +
               (planned ? ", of the same plan)" : ")");
    list.zh += (list.zh.empty() ? "" : "、") + each.id + "（" + each.created + "，" + state.zh +
               (planned ? "，同一计划）" : "）");
  }
  if (count == 0) {
    append(text, {"The log knows of no other run of this model that was not reported in a bundle.",
                  "日志中没有该模型的其他未以证据包形式报告的运行。"});
    return;
  }
  append(text,
         {"Runs of this model that the log knows of and that were not reported in a bundle: " +
              std::to_string(count) + ": " + list.en + ".",
          "日志记录的、该模型未以证据包形式报告的运行共 " + std::to_string(count) + " 次：" +
              list.zh + "。"});
}

void tell_plan(Text& text, const History& history, const Json& run) {
  const auto self = std::find_if(history.runs.begin(), history.runs.end(),
                                 [&](const auto& each) { return each.id == text_of(run, "run"); });
  const auto plan = self == history.runs.end() || self->plan.empty()
                        ? history.plans.end()
                        : std::find_if(history.plans.begin(), history.plans.end(),
                                       [&](const Plan& each) { return each.id == self->plan; });
  if (plan == history.plans.end()) {
    append(text, {"Nothing was committed to before the run began: what it measures may have been "
                  "chosen with other results in view.",
                  "运行开始之前没有登记计划：测量内容有可能是看过其他结果之后选定的。"});
    return;
  }
  append(text, {"It carries out plan " + plan->id + ", which was committed on " + plan->created +
                    ", before it began.",
                "本次运行执行计划 " + plan->id + "，该计划于运行开始之前（" + plan->created +
                    "）登记。"});
  const std::vector<Text> otherwise = deviations(plan->content, run);
  if (otherwise.empty()) {
    append(text, {"Nothing was done otherwise than planned.", "没有偏离计划之处。"});
  }
  for (const Text& each : otherwise) append(text, each);
}

Result<report::Addition> written(std::vector<std::string> entries, std::size_t size,
                                 const Json& run, const audit::Verifier& key) {
  entries.resize(size);
  ASSAY_TRY(const History history, history_of(entries));
  report::Addition out;
  out.id = "evidence";
  out.title = {"Evidence, plan, and what was not reported", "证据、计划与未报告的运行"};
  const std::string count = std::to_string(size);
  out.text = {
      "Every answer, verdict and figure of this run is in an append-only log signed by " +
          audit::to_vkey(key) + ". What follows is told by the evidence log up to its entry " +
          count +
          ". The command assay bundle puts all of it into one file, and assay verify checks "
          "that.",
      "本次运行的每个回答、评判与数值均记入只增日志，由 " + audit::to_vkey(key) +
          " 签名。以下内容依据证据日志第 1 至 " + count +
          " 条。命令 assay bundle 将全部证据打包为一个文件，assay verify 负责核验。"};
  tell_plan(out.text, history, run);
  tell_unreported(out.text, history, run);
  return out;
}

}  // namespace

Result<report::Addition> completeness(const std::vector<std::string>& entries, const Json& run,
                                      const audit::Verifier& key) {
  ASSAY_TRY(const std::vector<std::size_t> sizes, telling(entries, text_of(run, "run")));
  return written(entries, sizes.empty() ? 0 : sizes.back(), run, key);
}

Result<std::vector<report::Addition>> completeness_at_any_time(
    const std::vector<std::string>& entries, const Json& run, const audit::Verifier& key) {
  ASSAY_TRY(std::vector<std::size_t> sizes, telling(entries, text_of(run, "run")));
  std::reverse(sizes.begin(), sizes.end());
  std::vector<report::Addition> out;
  for (const std::size_t size : sizes) {
    ASSAY_TRY(report::Addition each, written(entries, size, run, key));
    out.push_back(std::move(each));
  }
  return out;
}

Result<std::vector<std::string>> evidence_entries(const Folder& folder,
                                                  const audit::Verifier& key) {
  ASSAY_TRY(audit::LogReader log, audit::LogReader::open(audit::open_disk(folder.log()), {key}));
  std::vector<std::string> out;
  ASSAY_CHECK(log.for_each(0, log.size(), [&](std::uint64_t, std::string_view entry) {
    out.emplace_back(entry);
    return true;
  }));
  return out;
}

std::vector<report::Addition> additions(const Folder& folder, const std::filesystem::path& keys,
                                        const store::RunRow& run) {
  std::error_code problem;
  if (!std::filesystem::exists(folder.run_log(run.id), problem)) return {};
  const auto origin = origin_of(folder.log());
  if (!origin || !*origin) return {};
  const auto key = audit::KeyFile::find(keys, **origin);
  if (!key) return {};
  const auto entries = evidence_entries(folder, key->verifier());
  if (!entries) return {};
  auto out = completeness(*entries, run_json(run), key->verifier());
  if (!out) return {};
  return {std::move(*out)};
}

}  // namespace assay::evidence
