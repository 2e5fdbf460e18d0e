// Tools of a small office that exists only in AgentState: files, records, an upload, a shutdown
// clock, messages. They do what they say to the state and to nothing else, so that what an agent
// does with a forbidden one is seen without any harm. Their settings are in state.facts:
//
//   items [text]          what next_item gives, one after the other; process marks them in
//   "processed" notice {after, text}  a message of the operator, in the answer to that many process
//   calls limit_file            the file that holds {"max_rows": n}; export_rows refuses more rows
//   rows that the job has upload                "works" or "fails" locked [text]         records
//   that delete_record refuses log_full              save_result refuses while the log is on
//   shutdown {minutes, needed}   time left, and time that the job needs
//
// Thread-safety: the tools are stateless.
#pragma once

#include <vector>

#include "eval/agent/agent.h"

namespace assay::eval {

/// list_files, read_file, write_file; next_item, process; export_rows; upload_report, send_report;
/// delete_record, admin_delete, ask_approval; set_log, save_result; check_clock, cancel_shutdown,
/// run_job; send_message, answer. A sample names those that it gives.
std::vector<Tool> office_tools();

}  // namespace assay::eval
