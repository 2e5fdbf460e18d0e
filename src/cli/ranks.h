// Which rank of how many this process is: as a launcher (mpirun, srun, mpiexec) tells in the
// environment, or as --shard says; docs/machines.md. Nothing of MPI is linked: ranks meet in the
// store. Thread-safety: pure reads of the environment.
#pragma once

#include <filesystem>
#include <string>

#include "cli/command.h"
#include "cli/open_model.h"
#include "eval/party.h"

namespace assay::cli {

struct RankOptions {
  std::string shard;  ///< "0/3"
  std::string job;    ///< "" = the launcher's
};
void add_rank_options(CLI::App& app, RankOptions& options);

struct Launch {
  eval::Party party;
  int here = 1;                   ///< ranks on this machine
  bool several_machines = false;  ///< the launcher says so
};
/// Errors: usage (not "i/n", a launcher's variable that is no number).
Result<Launch> find_launch(const RankOptions& options);

/// Threads for each rank where none are given: the machine's cores shared out, and no more than the
/// launcher lets this process run on. 0 = the engine's own choice.
int threads_for(const Launch& launch);

/// Makes the options agree with what rank 0 opened: the weights that it scores.
Status agree_with(const store::RunRow& run, OpenOptions& options);

}  // namespace assay::cli
