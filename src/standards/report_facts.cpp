#include "standards/report_facts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "report/render.h"

namespace assay::standards {
namespace {

namespace doc = report::doc;

std::string last_part(const std::string& path) {
  const auto slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

/// Bytes of the white-space character at `at` (Unicode, property White_Space); 0: another one.
std::size_t blank_at(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 20> kBlanks{
      " ",      "\n",     "\t",     "\u00A0", "\u1680", "\u2000", "\u2001",
      "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
      "\u2009", "\u200A", "\u202F", "\u205F", "\u3000", "\r"};
  for (const std::string_view blank : kBlanks) {
    if (text.substr(at).starts_with(blank)) return blank.size();
  }
  return 0;
}

int rank_of(std::string_view tone) {
  static constexpr std::array<std::string_view, 4> kWeak{"neutral", "unknown", "good", "concern"};
  const auto* const place = std::find(kWeak.begin(), kWeak.end(), tone);
  return place == kWeak.end() ? 1 : static_cast<int>(place - kWeak.begin());
}

}  // namespace

bool is_sha256(std::string_view digits) {
  return digits.size() == 64 && std::all_of(digits.begin(), digits.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

Status check_report(const Json& report) {
  if (doc::str(report, "schema") != "assay.report/1") {
    return fail(ErrorKind::format, "this is no report of the form assay.report/1", "schema",
                "Give the report.json that `assay assess` or `assay report` wrote");
  }
  if (one_line(doc::str(doc::object(report, "run"), "id")).empty()) {
    return fail(ErrorKind::format, "the report does not name its run", "run.id",
                "Write it again with `assay report RUN`");
  }
  return {};
}

Status check_files(std::span<const FileDigest> files) {
  for (const FileDigest& file : files) {
    if (!file.name.empty() && is_sha256(file.sha256)) continue;
    return fail(ErrorKind::usage, "a file needs a name and a SHA-256 of 64 lower-case digits",
                file.name.empty() ? file.sha256 : file.name, "Hash the file's bytes, and name it");
  }
  return {};
}

ModelIdentity model_identity(const Json& report) {
  const Json& model = doc::object(report, "model");
  ModelIdentity out;
  const std::string id = doc::str(model, "id");
  const std::string digest = doc::str(model, "digest");
  out.served_at = one_line(doc::str(model, "served_at"));
  if (out.served_at.empty() && is_sha256(digest)) {
    out.file = one_line(last_part(id));
    out.sha256 = digest;
  }
  out.name = one_line(doc::str(model, "name"));
  if (out.name.empty()) out.name = out.file.empty() ? one_line(id) : out.file;
  if (out.name.empty()) out.name = "unnamed";
  return out;
}

std::string run_key(const Json& report) {
  const Json& run = doc::object(report, "run");
  return doc::str(run, "id") + "/" + doc::str(run, "created");
}

Period measured_when(const Json& report) {
  std::string recorded = utc_time(doc::str(doc::object(report, "versions"), "recorded"));
  if (!recorded.empty()) return {std::move(recorded), {}};
  const Json& run = doc::object(report, "run");
  return {utc_time(doc::str(run, "created")), utc_time(doc::str(run, "finished"))};
}

std::vector<JudgedFigure> judged_figures(const Json& report) {
  std::vector<JudgedFigure> out;
  for (const Json& topic : doc::list(report, "topics")) {
    for (const Json& claim : doc::list(topic, "claims")) {
      const std::string tone = doc::str(claim, "tone");
      for (const std::string& id : doc::strings(claim, "figures")) {
        const auto place = std::find_if(out.begin(), out.end(),
                                        [&](const JudgedFigure& each) { return each.id == id; });
        if (place == out.end()) {
          out.push_back({id, tone});
        } else if (rank_of(tone) > rank_of(place->tone)) {
          place->tone = tone;
        }
      }
    }
  }
  return out;
}

std::vector<KnownFigure> known_figures(const Json& report) {
  std::vector<KnownFigure> out;
  const Json& results = doc::list(report, "results");
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Json& figures = doc::list(results[i], "figures");
    for (std::size_t k = 0; k < figures.size(); ++k) {
      auto estimate = doc::estimate(figures[k], "estimate");
      if (!estimate || !estimate->known() || !std::isfinite(estimate->value)) continue;
      const std::string lang = doc::str(figures[k], "lang");
      out.push_back({doc::str(results[i], "key") + "/" + doc::str(figures[k], "id"),
                     "/results/" + std::to_string(i) + "/figures/" + std::to_string(k),
                     doc::str(figures[k], "group"), doc::str(figures[k], "direction"),
                     lang.empty() ? doc::str(results[i], "lang") : lang, std::move(*estimate)});
    }
  }
  return out;
}

std::optional<double> lower_bound(const stats::Estimate& estimate) {
  if (estimate.sides == stats::Sides::upper || !std::isfinite(estimate.interval.low)) return {};
  return estimate.interval.low;
}

std::optional<double> upper_bound(const stats::Estimate& estimate) {
  if (estimate.sides == stats::Sides::lower || !std::isfinite(estimate.interval.high)) return {};
  return estimate.interval.high;
}

std::string digits(double value) { return dump_json(Json(value)); }

std::optional<FoundExample> find_example(const Json& report, std::string_view evidence) {
  const Json& results = doc::list(report, "results");
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::string key = doc::str(results[i], "key") + "/";
    if (!evidence.starts_with(key)) continue;
    const Json& examples = doc::list(results[i], "examples");
    for (std::size_t k = 0; k < examples.size(); ++k) {
      if (doc::str(examples[k], "sample_id") != evidence.substr(key.size())) continue;
      return FoundExample{&examples[k],
                          "/results/" + std::to_string(i) + "/examples/" + std::to_string(k)};
    }
  }
  return {};
}

std::string one_line(const std::string& text) {
  const std::string shown = report::visible(text);
  std::string out;
  for (std::size_t at = 0; at < shown.size();) {
    const std::size_t blank = blank_at(shown, at);
    if (blank == 0) {
      out += shown[at++];
      continue;
    }
    if (!out.empty() && out.back() != ' ') out += ' ';
    at += blank;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string known_line(const Json& json, const char* key) {
  std::string line = one_line(doc::str(json, key));
  return line == "unknown" ? std::string() : line;
}

std::string line_of(const Json& json, const char* key, Lang lang) {
  return one_line(doc::text(json, key, lang));
}

std::string result_name(const Json& result, Lang lang) {
  std::string title = line_of(result, "title", lang);
  if (title.empty()) title = one_line(doc::str(result, "task"));
  const bool chinese = doc::str(result, "lang") == "zh";
  return title + (lang == Lang::en ? (chinese ? " (Chinese)" : " (English)")
                                   : (chinese ? "（中文）" : "（英文）"));
}

}  // namespace assay::standards
