#include "report/plain_html.h"

#include <cctype>

#include "report/render.h"

namespace assay::report {
namespace {

constexpr const char* kStyle = R"css(
:root { color-scheme: light dark; --ink: #1b1b1b; --soft: #555; --line: #ccc; --back: #fff; --box: #f4f4f2 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e8; --soft: #aaa; --line: #444; --back: #161616; --box: #222 } }
body { margin: 0 auto; max-width: 62rem; padding: 1rem; color: var(--ink); background: var(--back);
  font: 1rem/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
h1, h2, h3, h4, h5 { line-height: 1.25; text-wrap: balance }
h2 { border-bottom: 1px solid var(--line); margin-top: 2.5rem; padding-bottom: .2rem }
.lead { font-size: 1.2rem }
.note, small { color: var(--soft) }
small { display: block }
.wide { overflow-x: auto }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: start; vertical-align: top }
th { background: var(--box) }
pre { background: var(--box); max-height: 24rem; overflow: auto; padding: .6rem; white-space: pre-wrap;
  overflow-wrap: anywhere; unicode-bidi: plaintext }
bdi { unicode-bidi: isolate }
summary { cursor: pointer }
.switch { position: absolute; opacity: 0 }
nav label { border: 1px solid var(--line); cursor: pointer; display: inline-block; padding: .2rem .8rem }
#show-en:checked ~ nav label[for=show-en], #show-zh:checked ~ nav label[for=show-zh] {
  background: var(--ink); color: var(--back) }
#show-en:focus-visible ~ nav label[for=show-en], #show-zh:focus-visible ~ nav label[for=show-zh] {
  outline: 3px solid #2b6cb0 }
#show-en:not(:checked) ~ main[lang=en], #show-zh:not(:checked) ~ main[lang=zh-Hans] { display: none }
@media print { nav { display: none } pre { max-height: none } }
)css";

class HtmlWriter : public Writer {
 public:
  explicit HtmlWriter(Lang lang) : lang_(lang) {}

  void heading(int level, const std::string& text, const std::string& anchor) override {
    const std::string tag = std::string("h").append(std::to_string(level));
    out_.append("<").append(tag);
    if (!anchor.empty()) out_ += " id=\"" + id(anchor) + "\"";
    out_.append(">").append(inside(text)).append("</").append(tag).append(">\n");
  }
  void paragraph(const std::string& text) override {
    if (!text.empty()) out_ += "<p>" + inside(text) + "</p>\n";
  }
  void lead(const std::string& text) override {
    out_ += "<p class=\"lead\">" + inside(text) + "</p>\n";
  }
  void note(const std::string& text) override {
    if (!text.empty()) out_ += "<p class=\"note\">" + inside(text) + "</p>\n";
  }
  void list(const std::vector<Item>& items) override {
    if (items.empty()) return;
    out_ += "<ul>\n";
    for (const Item& item : items) {
      out_ += "<li>";
      if (!item.strong.empty()) out_ += "<strong>" + inside(item.strong) + "</strong> – ";
      out_ += inside(item.text);
      if (!item.small.empty()) out_ += "<small>" + inside(item.small) + "</small>";
      out_ += "</li>\n";
    }
    out_ += "</ul>\n";
  }
  void table(const std::vector<std::string>& header,
             const std::vector<std::vector<std::string>>& rows) override {
    out_ += "<div class=\"wide\"><table>\n<thead><tr>";
    for (const std::string& cell : header) out_ += "<th scope=\"col\">" + inside(cell) + "</th>";
    out_ += "</tr></thead>\n<tbody>\n";
    for (const auto& row : rows) {
      out_ += "<tr>";
      for (const std::string& cell : row) out_ += "<td>" + inside(cell) + "</td>";
      out_ += "</tr>\n";
    }
    out_ += "</tbody></table></div>\n";
  }
  void verbatim(const std::string& title, const std::string& text) override {
    if (!title.empty()) out_ += "<p class=\"note\">" + inside(title) + "</p>\n";
    out_ += "<pre dir=\"auto\">" + html_escaped(text) + "</pre>\n";
  }
  [[nodiscard]] bool folds() const override { return true; }
  void begin_fold(const std::string& title) override {
    out_ += "<details><summary>" + inside(title) + "</summary>\n";
  }
  void end_fold() override { out_ += "</details>\n"; }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  static std::string inside(const std::string& text) {
    return "<bdi>" + html_escaped(text) + "</bdi>";
  }
  [[nodiscard]] std::string id(const std::string& anchor) const {
    std::string out = std::string(to_string(lang_)) + "-";
    for (const char c : anchor) {
      out += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' ? c : '-';
    }
    return out;
  }
  Lang lang_;
  std::string out_;
};

std::string in_one_language(const Json& report, Lang lang) {
  HtmlWriter writer(lang);
  render(report, lang, writer);
  return writer.take();
}

}  // namespace

std::string html_escaped(const std::string& raw) {
  std::string out;
  for (const char c : visible(raw)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string plain_html(const Json& report) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<title>";
  out += html_escaped(doc::text(report, "title", Lang::en));
  out += "</title>\n<style>";
  out += kStyle;
  out +=
      "</style>\n</head>\n<body>\n"
      "<input class=\"switch\" type=\"radio\" name=\"language\" id=\"show-en\" "
      "aria-label=\"English\" checked>\n"
      "<input class=\"switch\" type=\"radio\" name=\"language\" id=\"show-zh\" "
      "aria-label=\"中文\">\n"
      "<nav><label for=\"show-en\" lang=\"en\">English</label> "
      "<label for=\"show-zh\" lang=\"zh-Hans\">中文</label></nav>\n<main lang=\"en\">\n";
  out += in_one_language(report, Lang::en);
  out += "</main>\n<main lang=\"zh-Hans\">\n";
  out += in_one_language(report, Lang::zh);
  out += "</main>\n</body>\n</html>\n";
  return out;
}

}  // namespace assay::report
