// The safety case as a graph for Graphviz, with the shapes of GSN as far as Graphviz has them.
#include "report/render.h"
#include "report/safety_case.h"

namespace assay::report {
namespace {

/// A quoted string of the DOT language, broken into lines of about `width` characters.
std::string label(const std::string& raw, std::size_t width) {
  std::string out(1, '"');
  std::size_t column = 0;
  const std::string text = visible(raw);
  for (const char c : text) {
    const bool first_byte = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    const bool wide = static_cast<unsigned char>(c) >= 0xE0U;
    if (column >= width && (c == ' ' || wide)) {
      out += "\\n";
      column = 0;
      if (c == ' ') continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' || c == '\t' ? ' ' : c;
    if (first_byte) column += wide ? 2 : 1;
  }
  return out + '"';
}

std::string shape_of(const std::string& kind) {
  if (kind == "strategy") return "parallelogram";
  if (kind == "solution") return "ellipse";
  if (kind == "context") return "box, style=\"rounded,filled\"";
  if (kind == "assumption" || kind == "justification") return "ellipse, style=\"dashed,filled\"";
  return "box";
}

std::string fill_of(const std::string& state) {
  if (state == "supported") return "#e2efe8";
  if (state == "open") return "#faeed2";
  if (state == "rebutted") return "#f8e8e3";
  if (state == "undeveloped") return "#f1efea";
  return "#ffffff";
}

std::string mark_of(const std::string& kind) {
  if (kind == "assumption") return "A: ";
  if (kind == "justification") return "J: ";
  return "";
}

}  // namespace

std::string safety_case_dot(const Json& report, Lang lang) {
  constexpr std::size_t width = 34;
  std::string out = "digraph safety_case {\n  rankdir=TB;\n  node [style=filled, fontsize=10];\n";
  for (const Json& node : doc::list(doc::object(report, "safety_case"), "nodes")) {
    const std::string kind = doc::str(node, "kind");
    const std::string state = doc::str(node, "state");
    std::string text = mark_of(kind) + doc::str(node, "id") + ": " + doc::text(node, "text", lang);
    if (state == "undeveloped") text += " ◇";
    const std::string id = label(doc::str(node, "id"), std::string::npos);
    out += "  " + id + " [shape=" + shape_of(kind) + ", fillcolor=\"" + fill_of(state) +
           "\", label=" + label(text, width) + "];\n";
    for (const std::string& below : doc::strings(node, "supported_by")) {
      out += "  " + id + " -> " + label(below, std::string::npos) + ";\n";
    }
    for (const std::string& beside : doc::strings(node, "in_context_of")) {
      out += "  " + id + " -> " + label(beside, std::string::npos) + " [arrowhead=empty];\n";
    }
  }
  return out + "}\n";
}

}  // namespace assay::report
