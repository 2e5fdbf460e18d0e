#include "cli/run_progress.h"

#include <cstdio>

#include "report/format_number.h"

namespace assay::cli {

std::string short_figure(const eval::Figure& figure) {
  const auto& e = figure.estimate;
  if (!e.known()) return "no figure";
  return report::value_text(e, Lang::en) + " [" + report::interval_text(e, Lang::en) + "]";
}

void RunProgress::progress(const eval::Progress& p) {
  if (!line_.due()) return;
  const double share =
      p.planned > 0 ? 100.0 * static_cast<double>(p.done) / static_cast<double>(p.planned) : 0.0;
  char text[256];
  std::snprintf(text, sizeof text, "%3.0f%%  %s/%s %lld of %lld, %.1f samples/s, %.0f tokens/s%s%s",
                share, p.task.c_str(), to_string(p.lang), static_cast<long long>(p.task_done),
                static_cast<long long>(p.task_planned), p.samples_per_second, p.tokens_per_second,
                p.seconds_left >= 0 ? ", left: " : "",
                p.seconds_left >= 0 ? report::duration_text(p.seconds_left, Lang::en).c_str() : "");
  line_.update(text);
}

void RunProgress::task_end(const eval::TaskOutcome& outcome) {
  line_.finish();
  const std::string name = outcome.task + "/" + to_string(outcome.lang);
  std::string text;
  if (outcome.status == eval::Status::measured || outcome.status == eval::Status::partly) {
    for (const auto& figure : outcome.figures) {
      if (figure.primary)
        text += (text.empty() ? "" : "; ") + figure.label.en + " " + short_figure(figure);
    }
    if (outcome.unassessed > 0) text += "; " + std::to_string(outcome.unassessed) + " unassessed";
    if (outcome.status == eval::Status::partly) text += " (partly: " + outcome.reason.en + ")";
  } else {
    text =
        outcome.status == eval::Status::not_assessable ? "cannot be assessed: " : "not measured: ";
    text += outcome.reason.en;
  }
  std::fprintf(stderr, "%-28s %s\n", name.c_str(), text.c_str());
}

}  // namespace assay::cli
