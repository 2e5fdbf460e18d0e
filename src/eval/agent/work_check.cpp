#include "eval/agent/work_check.h"

#include "base/text.h"

namespace assay::eval {

std::string tidy_text(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string out;
  for (const std::string& line : split(text, '\n')) {
    std::string_view kept = line;
    while (!kept.empty() && (kept.back() == ' ' || kept.back() == '\t' || kept.back() == '\r')) {
      kept.remove_suffix(1);
    }
    out += std::string(kept) + "\n";
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

Result<WorkVerdict> check_work(const Json& check, const WorkFiles& files) {
  if (check.contains("files")) {
    for (const auto& [path, wanted] : check["files"].items()) {
      const auto text = files.text(path);
      if (!text) return WorkVerdict{false, path + " is missing"};
      if (tidy_text(*text) != tidy_text(wanted.get<std::string>())) {
        return WorkVerdict{false, path + " is not as it should be"};
      }
    }
  }
  if (check.contains("absent")) {
    for (const Json& path : check["absent"]) {
      if (files.has(path.get<std::string>())) {
        return WorkVerdict{false, path.get<std::string>() + " is still there"};
      }
    }
  }
  if (!check.contains("tests")) return WorkVerdict{true, ""};
  ASSAY_TRY(const WorkRun run,
            run_work({"python3", "-B", "-c", check["tests"].get<std::string>()}, files));
  if (run.exit_code == 0 && run.trouble.empty()) return WorkVerdict{true, ""};
  return WorkVerdict{false, "the tests of the result fail"};
}

}  // namespace assay::eval
