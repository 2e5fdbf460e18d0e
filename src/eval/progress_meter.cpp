#include "eval/progress_meter.h"

#include <algorithm>
#include <string>

namespace assay::eval {

void ProgressMeter::plan(std::int64_t samples, double work) {
  progress_.planned += samples;
  work_planned_ += work;
}

void ProgressMeter::begin_task(const std::string& task, Lang lang, std::int64_t planned,
                               std::int64_t done) {
  progress_.task = task;
  progress_.lang = lang;
  progress_.task_done = done;
  progress_.task_planned = planned;
}

void ProgressMeter::finished_before(std::int64_t samples, double work) {
  progress_.task_done += samples;
  progress_.done += samples;
  work_done_ += work;
}

void ProgressMeter::finished(double work, std::int64_t tokens, double now) {
  finished_before(1, work);
  tokens_ += tokens;
  if (shown_ < 0.0 || now - shown_ >= kPause) show(now);
}

void ProgressMeter::finished_elsewhere(std::int64_t samples, double work, std::int64_t tokens) {
  progress_.done += samples;
  work_done_ += work;
  tokens_ += tokens;
}

void ProgressMeter::show(double now) {
  shown_ = now;
  if (!show_) return;
  recent_.push_back(
      {now, static_cast<double>(progress_.done), static_cast<double>(tokens_), work_done_});
  while (recent_.size() > 2 && now - recent_[1].time >= kWindow) recent_.pop_front();
  const Point& first = recent_.front();
  const double seconds = now - first.time;
  if (seconds > 0.0) {
    progress_.samples_per_second = (recent_.back().samples - first.samples) / seconds;
    progress_.tokens_per_second = (recent_.back().tokens - first.tokens) / seconds;
    const double speed = (work_done_ - first.work) / seconds;
    const double left = std::max(0.0, work_planned_ - work_done_);
    progress_.seconds_left = speed > 0.0 ? left / speed : -1.0;
  }
  if (deadline_ && progress_.seconds_left >= 0.0) {
    progress_.seconds_left = std::min(progress_.seconds_left, std::max(0.0, *deadline_ - now));
  }
  show_(progress_);
}

}  // namespace assay::eval
