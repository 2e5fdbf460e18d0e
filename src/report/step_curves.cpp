#include "report/step_curves.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

#include "base/text.h"
#include "report/plain_html.h"

namespace assay::report {
namespace {

constexpr double kPanelWidth = 460.0;
constexpr double kPanelHeight = 290.0;
constexpr double kLeft = 58.0;  // room of a panel for the labels of its axes
constexpr double kBottom = 48.0;
constexpr double kTop = 30.0;
constexpr double kRight = 16.0;
constexpr double kLegendRow = 22.0;
constexpr std::size_t kNoteColumns = 105;  // of a line below the picture, at full width

struct Look {
  const char* colour;
  const char* dash;
};
/// Okabe & Ito's colours, told apart by dashes too.
constexpr std::array<Look, 8> kLooks{{{"#0072b2", ""},
                                      {"#d55e00", "7 3"},
                                      {"#009e73", "2 2"},
                                      {"#aa4499", "9 3 2 3"},
                                      {"#7a5c00", "12 4"},
                                      {"#56b4e9", "4 2"},
                                      {"#000000", "1 3"},
                                      {"#888888", ""}}};

std::string number(double x) {
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.2f", x);
  return buffer.data();
}

std::string attribute(const char* name, double value) {
  return std::string(" ").append(name).append("=\"").append(number(value)).append("\"");
}

std::string text_at(double x, double y, const std::string& text, const char* more = "") {
  return std::string("<text")
      .append(attribute("x", x))
      .append(attribute("y", y))
      .append(more)
      .append(">")
      .append(html_escaped(text))
      .append("</text>\n");
}

/// "1", "10", "1,000", "100,000"; a power of ten from a million on.
std::string tick_text(int decade) {
  if (decade < 0 || decade > 5) return std::string("1e").append(std::to_string(decade));
  constexpr std::array<const char*, 6> ticks{"1", "10", "100", "1,000", "10,000", "100,000"};
  return ticks.at(static_cast<std::size_t>(decade));
}

/// Decades of the axis of cost.
struct Decades {
  int low = 0;
  int high = 1;
};

bool usable(const StepPoint& p) { return std::isfinite(p.x) && p.x > 0.0 && std::isfinite(p.y); }

Decades decades_of(const StepPicture& picture) {
  double least = 1.0;
  double most = 10.0;
  bool first = true;
  const auto take = [&](double x) {
    if (!std::isfinite(x) || x <= 0.0) return;
    least = first ? x : std::min(least, x);
    most = first ? x : std::max(most, x);
    first = false;
  };
  for (const StepPanel& panel : picture.panels) {
    for (const StepCurve& curve : panel.curves) {
      for (const StepPoint& p : curve.points) take(p.x);
      take(curve.end);
    }
  }
  Decades out{static_cast<int>(std::floor(std::log10(least) + 1e-9)),
              static_cast<int>(std::ceil(std::log10(most) - 1e-9))};
  out.low = std::max(out.low, -12);
  out.high = std::clamp(out.high, out.low + 1, out.low + 24);
  return out;
}

/// One panel's place on the page and its axes.
class Frame {
 public:
  Frame(double left, double top, Decades decades) : left_(left), top_(top), decades_(decades) {}

  [[nodiscard]] double x(double cost) const {
    const double span = decades_.high - decades_.low;
    const double part = (std::log10(cost) - decades_.low) / span;
    return left_ + kLeft + std::clamp(part, 0.0, 1.0) * (kPanelWidth - kLeft - kRight);
  }
  [[nodiscard]] double y(double share) const {
    return top_ + kTop + (1.0 - std::clamp(share, 0.0, 1.0)) * (kPanelHeight - kTop - kBottom);
  }
  [[nodiscard]] double left() const { return left_; }
  [[nodiscard]] double top() const { return top_; }

  [[nodiscard]] std::string axes(const StepPanel& panel, const StepPicture& picture,
                                 Lang lang) const {
    std::string out;
    const double x0 = left_ + kLeft;
    const double x1 = left_ + kPanelWidth - kRight;
    for (int tenth = 0; tenth <= 4; ++tenth) {
      const double share = 0.25 * tenth;
      out += line(x0, y(share), x1, y(share), tenth == 0 ? "axis" : "grid");
      out += text_at(x0 - 6.0, y(share) + 4.0, std::to_string(25 * tenth) + "%",
                     " text-anchor=\"end\"");
    }
    for (int d = decades_.low; d <= decades_.high; ++d) {
      const double at = x(std::pow(10.0, d));
      out += line(at, y(0.0), at, y(1.0), d == decades_.low ? "axis" : "grid");
      out += text_at(at, y(0.0) + 16.0, tick_text(d), " text-anchor=\"middle\"");
    }
    const double middle = 0.5 * (x0 + x1);
    out += text_at(middle, y(0.0) + 34.0, picture.x_label.in(lang), " text-anchor=\"middle\"");
    out += text_at(x0, top_ + 18.0, panel.title.in(lang), " class=\"panel\"");
    const double turn_x = left_ + 14.0;
    const double turn_y = y(0.5);
    std::string turned = " text-anchor=\"middle\" transform=\"rotate(-90 ";
    turned += number(turn_x) + " " + number(turn_y) + ")\"";
    out += text_at(turn_x, turn_y, picture.y_label.in(lang), turned.c_str());
    return out;
  }
  static std::string line(double x0, double y0, double x1, double y1, const char* kind) {
    return std::string("<line")
        .append(attribute("x1", x0))
        .append(attribute("y1", y0))
        .append(attribute("x2", x1))
        .append(attribute("y2", y1))
        .append(" class=\"")
        .append(kind)
        .append("\"/>\n");
  }

 private:
  double left_;
  double top_;
  Decades decades_;
};

std::string coordinates(double x, double y) { return number(x) + " " + number(y); }

/// "M10.00 20.00", a command of a path.
std::string to_point(const char* command, double x, double y) {
  return std::string(command).append(number(x)).append(" ").append(number(y));
}

/// The interval's area: along the upper limits and back along the lower ones, in steps.
std::string area(const Frame& frame, const std::vector<StepPoint>& points, double end,
                 const Look& look) {
  std::string path;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double to = i + 1 < points.size() ? points[i + 1].x : end;
    path += to_point(i == 0 ? "M" : "L", frame.x(points[i].x), frame.y(points[i].high));
    path += to_point("L", frame.x(to), frame.y(points[i].high));
  }
  for (std::size_t i = points.size(); i-- > 0;) {
    const double to = i + 1 < points.size() ? points[i + 1].x : end;
    path += to_point("L", frame.x(to), frame.y(points[i].low));
    path += to_point("L", frame.x(points[i].x), frame.y(points[i].low));
  }
  return std::string("<path d=\"") + path + "Z\" fill=\"" + look.colour +
         "\" fill-opacity=\"0.13\"/>\n";
}

std::string drawn(const Frame& frame, const StepCurve& curve, const Look& look, Decades decades) {
  std::vector<StepPoint> points;
  for (const StepPoint& p : curve.points) {
    if (usable(p)) points.push_back(p);
  }
  std::sort(points.begin(), points.end(),
            [](const StepPoint& a, const StepPoint& b) { return a.x < b.x; });
  if (points.empty()) return {};
  const double end =
      std::isfinite(curve.end) ? std::max(curve.end, points.back().x) : points.back().x;
  std::string out = area(frame, points, end, look);
  // From nothing at the left edge, up at each point.
  std::string path =
      std::string("M") + coordinates(frame.x(std::pow(10.0, decades.low)), frame.y(0.0));
  for (const StepPoint& p : points) {
    path.append("H").append(number(frame.x(p.x))).append("V").append(number(frame.y(p.y)));
  }
  path.append("H").append(number(frame.x(end)));
  const std::string stroke = std::string(" stroke=\"") + look.colour + "\"";
  out += std::string("<path d=\"") + path + "\" fill=\"none\" stroke-width=\"2\"" + stroke +
         " stroke-dasharray=\"" + look.dash + "\"/>\n";
  const StepPoint& last = points.back();
  out += std::string("<line") + attribute("x1", frame.x(end)) + attribute("x2", frame.x(end)) +
         attribute("y1", frame.y(last.low)) + attribute("y2", frame.y(last.high)) + stroke + "/>\n";
  out += std::string("<circle") + attribute("cx", frame.x(end)) + attribute("cy", frame.y(last.y)) +
         " r=\"4\" fill=\"" + look.colour + "\"/>\n";
  return out;
}

/// Lines of at most `columns` terminal columns; Chinese breaks anywhere, English at blanks.
std::vector<std::string> wrapped(const std::string& text, std::size_t columns) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t size = 1;
    while (i + size < text.size() &&
           (static_cast<unsigned char>(text[i + size]) & 0xC0U) == 0x80U) {
      ++size;
    }
    const bool glue = size == 1 && !words.empty() && words.back().back() != ' ' &&
                      static_cast<unsigned char>(words.back().back()) < 0x80U;
    if (glue) {
      words.back() += text[i];
    } else {
      words.push_back(text.substr(i, size));
    }
    i += size;
  }
  std::vector<std::string> lines(1);
  for (const std::string& word : words) {
    if (!lines.back().empty() && display_width(lines.back() + word) > columns) lines.emplace_back();
    lines.back() += word;
  }
  return lines;
}

/// Curves by name, in order of first appearance.
std::vector<std::pair<std::string, Look>> looks_of(const StepPicture& picture, Lang lang) {
  std::vector<std::pair<std::string, Look>> out;
  for (const StepPanel& panel : picture.panels) {
    for (const StepCurve& curve : panel.curves) {
      const std::string& name = curve.name.in(lang);
      const bool known = std::any_of(out.begin(), out.end(),
                                     [&](const auto& entry) { return entry.first == name; });
      if (!known) out.emplace_back(name, kLooks[out.size() % kLooks.size()]);
    }
  }
  return out;
}

std::string legend(const std::vector<std::pair<std::string, Look>>& looks, double width,
                   double& top) {
  std::string out;
  double x = 20.0;
  for (const auto& [name, look] : looks) {
    const double wide = 56.0 + 7.5 * static_cast<double>(display_width(name));
    if (x > 20.0 && x + wide > width) {
      x = 20.0;
      top += kLegendRow;
    }
    out += std::string("<path d=\"M") + coordinates(x, top) +
           "h30\" stroke-width=\"2.5\" stroke=\"" + look.colour + "\" stroke-dasharray=\"" +
           look.dash + "\"/>\n";
    out += text_at(x + 38.0, top + 4.0, name);
    x += wide;
  }
  top += kLegendRow;
  return out;
}

std::string document(const std::string& body, double width, double height, const Text& title,
                     Lang lang) {
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"";
  out += std::string(lang == Lang::en ? "en" : "zh-Hans") + "\" viewBox=\"0 0 " + number(width) +
         " " + number(height) + "\"" + attribute("width", width) + attribute("height", height) +
         ">\n";
  out += std::string("<title>") + html_escaped(title.in(lang)) + "</title>\n";
  out +=
      "<style>text{font:13px \"Noto Sans\",\"Noto Sans CJK SC\",\"Source Han Sans SC\","
      "\"Microsoft YaHei\",sans-serif;fill:#222}.title{font-size:17px;font-weight:600}"
      ".panel{font-weight:600}.grid{stroke:#e3e3e3}.axis{stroke:#555}</style>\n";
  out += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  return out + body + "</svg>\n";
}

}  // namespace

std::string step_curves_svg(const StepPicture& picture, Lang lang) {
  const std::size_t columns = picture.panels.size() > 1 ? 2 : 1;
  const double width = static_cast<double>(columns) * kPanelWidth + 20.0;
  const Decades decades = decades_of(picture);
  const auto looks = looks_of(picture, lang);
  std::string body = text_at(20.0, 28.0, picture.title.in(lang), " class=\"title\"");
  double top = 52.0;
  body += legend(looks, width, top);
  bool anything = false;
  for (std::size_t i = 0; i < picture.panels.size(); ++i) {
    const StepPanel& panel = picture.panels[i];
    const double left = 10.0 + static_cast<double>(i % columns) * kPanelWidth;
    const std::size_t row = i / columns;
    const Frame frame(left, top + static_cast<double>(row) * kPanelHeight, decades);
    body += frame.axes(panel, picture, lang);
    for (const StepCurve& curve : panel.curves) {
      const auto look = std::find_if(looks.begin(), looks.end(), [&](const auto& entry) {
        return entry.first == curve.name.in(lang);
      });
      const std::string one = drawn(frame, curve, look->second, decades);
      anything = anything || !one.empty();
      body += one;
    }
  }
  const std::size_t rows = (picture.panels.size() + columns - 1) / columns;
  top += static_cast<double>(rows) * kPanelHeight + 16.0;
  std::string note = picture.note.in(lang);
  if (!anything) note = lang == Lang::en ? "No curve is known." : "没有已知的曲线。";
  for (const std::string& part :
       wrapped(note, columns == 2 ? kNoteColumns * 6 / 5 : kNoteColumns / 2)) {
    body += text_at(20.0, top, part);
    top += 19.0;
  }
  return document(body, width, top + 6.0, picture.title, lang);
}

}  // namespace assay::report
