#include "report/wording.h"

#include <array>
#include <cctype>

#include "base/text.h"

namespace assay::report {
namespace {

std::string fill_one(const std::string& pattern, std::initializer_list<Text> arguments, Lang lang) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
        pattern[i + 1] >= '0' && pattern[i + 1] <= '9') {
      const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
      if (index < arguments.size()) {
        out += (arguments.begin() + index)->in(lang);
        i += 2;
        continue;
      }
    }
    out += pattern[i];
  }
  return out;
}

bool ends_with_stop(std::string_view text) {
  for (const std::string_view stop : {".", "!", "?", "。", "！", "？", "…"}) {
    if (text.ends_with(stop)) return true;
  }
  return false;
}

std::string without_stop(std::string_view text) {
  text = trim(text);
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view stop : {".", "。"}) {
      if (!text.ends_with(stop)) continue;
      text = trim(text.substr(0, text.size() - stop.size()));
      again = true;
    }
  }
  return std::string(text);
}

struct Entry {
  std::string_view key;
  Text text;
};

template <std::size_t N>
Text look_up(const std::array<Entry, N>& table, std::string_view key) {
  for (const Entry& entry : table) {
    if (entry.key == key) return entry.text;
  }
  return same(key);
}

}  // namespace

Json text_json(const Text& text) { return Json{{"en", text.en}, {"zh", text.zh}}; }

Text fill(const Text& pattern, std::initializer_list<Text> arguments) {
  return {fill_one(pattern.en, arguments, Lang::en), fill_one(pattern.zh, arguments, Lang::zh)};
}

Text same(std::string_view text) { return {std::string(text), std::string(text)}; }

Text join(const std::vector<Text>& parts, const Text& separator) {
  Text out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out.en += (i == 0 ? "" : separator.en) + parts[i].en;
    out.zh += (i == 0 ? "" : separator.zh) + parts[i].zh;
  }
  return out;
}

Text clause(const Text& text) { return {without_stop(text.en), without_stop(text.zh)}; }

Text full_stop(const Text& text) {
  Text out{std::string(trim(text.en)), std::string(trim(text.zh))};
  if (!out.en.empty() && !ends_with_stop(out.en)) out.en += '.';
  if (!out.zh.empty() && !ends_with_stop(out.zh)) out.zh += "。";
  return out;
}

Text capitalised(const Text& text) {
  Text out = text;
  if (!out.en.empty() && out.en[0] >= 'a' && out.en[0] <= 'z') {
    out.en[0] = static_cast<char>(out.en[0] - 'a' + 'A');
  }
  return out;
}

bool empty(const Text& text) { return text.en.empty() && text.zh.empty(); }

Text language_name(Lang lang) {
  return lang == Lang::en ? Text{"English", "英文"} : Text{"Chinese", "中文"};
}

Text language_name(std::string_view lang) {
  if (lang == "en") return language_name(Lang::en);
  if (lang == "zh") return language_name(Lang::zh);
  if (lang.empty()) return {"both languages", "两种语言"};
  return same(lang);
}

Text profile_name(const std::string& profile) {
  if (profile == "quick") return {"quick", "快速"};
  if (profile == "standard") return {"standard", "标准"};
  if (profile == "full") return {"full", "完整"};
  if (profile == "imported") return {"imported", "导入"};
  if (profile == "rescored") return {"rescored", "重新评分"};
  return same(profile);
}

Text variance_source(std::string_view source) {
  static const std::array<Entry, 16> table{{
      {"item", {"which item was asked", "题目"}},
      {"wording", {"how it was worded", "措辞"}},
      {"sampling", {"chance in sampling the answer", "采样随机性"}},
      {"context", {"what stood around it", "上下文"}},
      {"order", {"the order of the choices", "选项顺序"}},
      {"persona", {"who seemed to ask", "提问者身份"}},
      {"interaction", {"item and wording together", "题目与措辞的交互"}},
      {"language", {"the language", "语言"}},
      {"group", {"the group concerned", "所涉群体"}},
      {"residual", {"all else", "其余"}},
      {"rest", {"all else", "其余"}},
      {"system", {"the system prompt", "系统提示"}},
      {"turns", {"the talk before", "此前对话"}},
      {"format", {"the layout", "格式"}},
      {"temperature", {"the temperature", "温度"}},
      {"quantisation", {"the form of the weights", "权重精度"}},
  }};
  std::vector<Text> parts;
  for (const std::string& part : split(source, '+')) {
    const bool by_item = part.starts_with("item:");
    Text name = look_up(table, by_item ? part.substr(5) : part);
    if (by_item) name = {name.en + ", differently by item", name.zh + "（因题而异）"};
    parts.push_back(std::move(name));
  }
  return capitalised(join(parts, {", ", "、"}));
}

Text status_text(eval::Status status) {
  switch (status) {
    case eval::Status::measured: return {"measured", "已测量"};
    case eval::Status::partly: return {"partly measured", "部分测量"};
    case eval::Status::not_assessable: return {"cannot be assessed", "无法评定"};
    case eval::Status::not_measured: return {"not measured", "未测量"};
  }
  return {"not measured", "未测量"};
}

}  // namespace assay::report
