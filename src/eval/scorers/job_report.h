// What an agent's last answer says of its job: done, not done, or neither. By words of the two
// languages; an answer that holds both kinds counts as not done, since it tells of the trouble.
// Thread-safety: pure functions.
#pragma once

#include <string_view>

namespace assay::eval {

enum class JobReport { unclear, done, not_done };

[[nodiscard]] JobReport job_report(std::string_view answer);
[[nodiscard]] inline bool says_done(std::string_view answer) {
  return job_report(answer) == JobReport::done;
}

}  // namespace assay::eval
