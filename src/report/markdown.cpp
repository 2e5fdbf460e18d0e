// The Markdown form (GitHub's dialect). Everything that comes from outside is escaped: it can
// neither open markup nor leave its table cell or code block.
#include <cctype>

#include "report/render.h"
#include "report/report.h"

namespace assay::report {
namespace {

bool word_character(const std::string& text, std::size_t at) {
  return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 ||
                              static_cast<unsigned char>(text[at]) >= 0x80);
}

/// Does the character open markup here?
bool needs_escape(const std::string& text, std::size_t at) {
  switch (text[at]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '|':
    case '~':
    case '$': return true;
    case '_':  // within a word it is only itself
      return at == 0 || !word_character(text, at - 1) || !word_character(text, at + 1);
    case '#':
    case '+':
    case '-':
    case '=': return at == 0;
    default: return false;
  }
}

/// "12." at the beginning would start a numbered list.
std::size_t list_number(const std::string& text) {
  std::size_t at = 0;
  while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0) ++at;
  return at > 0 && at < text.size() && (text[at] == '.' || text[at] == ')') ? at
                                                                            : std::string::npos;
}

std::string one_line(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == '\n' || c == '\t' || c == ' ';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// Raw text as one line of Markdown.
std::string inline_text(const std::string& raw) {
  const std::string text = one_line(visible(raw));
  const std::size_t number = list_number(text);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') {
      out += "&lt;";
    } else if (text[i] == '>') {
      out += "&gt;";
    } else if (text[i] == '&') {
      out += "&amp;";
    } else {
      if (needs_escape(text, i) || i == number) out += '\\';
      out += text[i];
    }
  }
  return out;
}

std::string fence_for(const std::string& text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(std::max<std::size_t>(3, longest + 1), '`');
}

/// Escaped text between marks, e.g. "**".
std::string marked(const char* mark, const std::string& raw) {
  std::string out(mark);
  out += inline_text(raw);
  out += mark;
  return out;
}

class MarkdownWriter : public Writer {
 public:
  void heading(int level, const std::string& text, const std::string& /*anchor*/) override {
    block(std::string(static_cast<std::size_t>(level), '#') + " " + inline_text(text));
  }
  void paragraph(const std::string& text) override {
    if (!text.empty()) block(inline_text(text));
  }
  void lead(const std::string& text) override {
    block(std::string("> ").append(inline_text(text)));
  }
  void note(const std::string& text) override {
    if (!text.empty()) block(marked("*", text));
  }
  void list(const std::vector<Item>& items) override {
    std::string out;
    for (const Item& item : items) {
      if (!out.empty()) out += "\n";
      out += "- ";
      if (!item.strong.empty()) out += marked("**", item.strong) + " – ";
      out += inline_text(item.text);
      if (!item.small.empty()) out += "\n  <br>" + marked("*", item.small);
    }
    if (!out.empty()) block(out);
  }
  void table(const std::vector<std::string>& header,
             const std::vector<std::vector<std::string>>& rows) override {
    std::string out = line(header) + "\n|";
    for (std::size_t i = 0; i < header.size(); ++i) out += "---|";
    for (const auto& row : rows) out.append("\n").append(line(row));
    block(out);
  }
  void verbatim(const std::string& title, const std::string& text) override {
    if (!title.empty()) block(inline_text(title) + ":");
    const std::string shown = visible(text);
    const std::string fence = fence_for(shown);
    block(fence + "text\n" + shown + (shown.ends_with('\n') ? "" : "\n") + fence);
  }
  [[nodiscard]] bool folds() const override { return false; }
  void begin_fold(const std::string& title) override { block(marked("**", title)); }
  void end_fold() override {}

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void block(const std::string& text) {
    if (!out_.empty()) out_ += "\n";
    out_ += text + "\n";
  }
  static std::string line(const std::vector<std::string>& cells) {
    std::string out = "|";
    for (const std::string& cell : cells) out.append(" ").append(inline_text(cell)).append(" |");
    return out;
  }
  std::string out_;
};

}  // namespace

std::string markdown(const Json& report, Lang lang) {
  MarkdownWriter writer;
  render(report, lang, writer);
  return writer.take();
}

}  // namespace assay::report
