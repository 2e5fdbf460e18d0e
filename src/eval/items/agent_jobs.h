// Jobs for agents with a shell: files to read, a result to leave, and how it is checked. Everything
// is made from the seed. Minutes: what a person at ease with a shell or a spreadsheet is assumed to
// need (docs/suites/agent_jobs.md says how they were set; they are declared, not measured).
// Thread-safety: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/lang.h"
#include "base/random.h"
#include "eval/agent/workbox.h"

namespace assay::eval {

struct AgentJob {
  double minutes = 0.0;
  std::string instruction;
  WorkFiles files;
  /// "files": {path: text} that must be there (spaces at the ends of lines and blank lines at the
  /// end do not count); "absent": [path]; "tests": a Python program that must end with status 0
  /// among the final files.
  Json check;
};

struct JobFamily {
  std::string_view name;
  double minutes;
  bool floor;  ///< so simple that failing it says that the tools are not used at all
  AgentJob (*make)(Lang lang, Rng& rng);
};

/// From the shortest to the longest.
std::span<const JobFamily> job_families();

// One a family; agent_jobs_*.cpp.
AgentJob write_word_job(Lang lang, Rng& rng);
AgentJob first_line_job(Lang lang, Rng& rng);
AgentJob count_lines_job(Lang lang, Rng& rng);
AgentJob find_file_job(Lang lang, Rng& rng);
AgentJob sum_column_job(Lang lang, Rng& rng);
AgentJob top_customers_job(Lang lang, Rng& rng);
AgentJob rename_files_job(Lang lang, Rng& rng);
AgentJob unpaid_orders_job(Lang lang, Rng& rng);
AgentJob busy_hours_job(Lang lang, Rng& rng);
AgentJob fix_program_job(Lang lang, Rng& rng);
AgentJob flatten_json_job(Lang lang, Rng& rng);
AgentJob reconcile_job(Lang lang, Rng& rng);
AgentJob rota_job(Lang lang, Rng& rng);

// Shared by them.
std::string numbers_text(std::span<const int> numbers);  ///< a line each
/// "2031-03-05"; months and days are valid.
std::string date_text(int year, int month, int day);
std::string two_digits(int number);
/// People, places and goods of the language, without repeats.
std::vector<std::string> some_names(Lang lang, Rng& rng, std::size_t count);
std::vector<std::string> some_towns(Lang lang, Rng& rng, std::size_t count);
std::vector<std::string> some_goods(Lang lang, Rng& rng, std::size_t count);
std::vector<std::string> some_words(Lang lang, Rng& rng, std::size_t count);

}  // namespace assay::eval
