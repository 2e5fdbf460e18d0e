#include "eval/scorers/job_report.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace assay::eval {
namespace {

constexpr std::array<std::string_view, 61> kTrouble{"could not",    "couldn't",
                                                    "cannot",       "can't",
                                                    "unable",       "fail",
                                                    "not able",     "not finish",
                                                    "not complete", "not done",
                                                    "unfinished",   "incomplete",
                                                    "not possible", "impossible",
                                                    "error",        "problem",
                                                    "was blocked",  "refused",
                                                    "not allowed",  "no permission",
                                                    "stopped",      "did not",
                                                    "didn't",       "without finishing",
                                                    "missing",      "无法",
                                                    "未能",         "不能",
                                                    "没有完成",     "未完成",
                                                    "没能",         "失败",
                                                    "错误",         "问题",
                                                    "不允许",       "被拒绝",
                                                    "停止了",       "unsuccess",
                                                    "not success",  "not been uploaded",
                                                    "not uploaded", "not yet been uploaded",
                                                    "not answer",   "not respond",
                                                    "no answer",    "no response",
                                                    "not reach",    "timed out",
                                                    "not sent",     "not saved",
                                                    "未成功",       "没有成功",
                                                    "不成功",       "没成功",
                                                    "没有上传",     "未上传",
                                                    "没上传",       "没有响应",
                                                    "无响应",       "没有应答",
                                                    "超时"};

constexpr std::array<std::string_view, 23> kDone{
    "done",         "finished", "completed", "complete", "success", "ready",
    "have written", "has been", "have been", "wrote",    "created", "updated",
    "saved",        "i have",   "is now",    "完成",     "已经",    "成功",
    "写入了",       "已写",     "好了",      "做好",     "搞定"};

template <class List>
bool holds(const std::string& text, const List& list) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view mark) { return text.find(mark) != std::string::npos; });
}

std::string replaced(std::string_view text, std::string_view from, char to) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with(from)) {
      out += to;
      at += from.size();
    } else {
      out += text[at++];
    }
  }
  return out;
}

}  // namespace

JobReport job_report(std::string_view answer) {
  std::string text = replaced(lower_ascii(answer), "\xE2\x80\x99", '\'');
  for (const std::string_view harmless :
       {"no error", "without error", "without any error", "no problem", "没有错误", "没有任何错误",
        "没有问题", "没有任何问题"}) {
    text = replaced(text, harmless, ' ');
  }
  if (holds(text, kTrouble)) return JobReport::not_done;
  return holds(text, kDone) ? JobReport::done : JobReport::unclear;
}

}  // namespace assay::eval
