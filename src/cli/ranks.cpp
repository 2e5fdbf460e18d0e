#include "cli/ranks.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <sched.h>

#include "base/text.h"
#include "model/local/backend.h"
#include "model/remote/remote.h"

namespace assay::cli {
namespace {

std::string variable(const char* name) {
  const char* const value = name == nullptr ? nullptr : std::getenv(name);
  return value == nullptr ? "" : value;
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

/// The variables in which launchers tell a process its place; null where there is none.
struct Launcher {
  const char* rank;
  const char* size;
  const char* here;    ///< ranks on this machine
  const char* nodes;   ///< number of machines
  const char* job[2];  ///< what only processes of one start have in common
};
constexpr Launcher kLaunchers[] = {
    // Open MPI and PRRTE
    {"OMPI_COMM_WORLD_RANK",
     "OMPI_COMM_WORLD_SIZE",
     "OMPI_COMM_WORLD_LOCAL_SIZE",
     nullptr,
     {"PMIX_NAMESPACE", "OMPI_MCA_ess_base_jobid"}},
    // srun, also with --mpi=pmix. Not SLURM_NTASKS: a batch script has it too, and is no rank.
    {"SLURM_PROCID",
     "SLURM_STEP_NUM_TASKS",
     nullptr,
     "SLURM_STEP_NUM_NODES",
     {"SLURM_JOB_ID", "SLURM_STEP_ID"}},
    // MPICH, Intel MPI, Cray
    {"PMI_RANK", "PMI_SIZE", "MPI_LOCALNRANKS", nullptr, {"PMI_JOBID", "PALS_APID"}},
    {"PMIX_RANK", "PMIX_SIZE", nullptr, nullptr, {"PMIX_NAMESPACE", nullptr}}};

Error no_number(const char* name) {
  return {ErrorKind::usage, "the launcher gives '" + variable(name) + "', which is no rank", name,
          "Start assay again, or give --shard i/n"};
}

Result<Launch> launched_by(const Launcher& launcher) {
  Launch out;
  const auto rank = number(variable(launcher.rank));
  const auto size = number(variable(launcher.size));
  if (!rank) return tl::unexpected(no_number(launcher.rank));
  if (!size || *size < 1 || *rank >= *size) return tl::unexpected(no_number(launcher.size));
  out.party.rank = *rank;
  out.party.size = *size;
  for (const char* const part : launcher.job) {
    const std::string value = variable(part);
    if (!value.empty()) out.party.job += (out.party.job.empty() ? "" : ".") + value;
  }
  out.here = *size;
  if (const auto here = number(variable(launcher.here)); here && *here > 0) {
    out.here = *here;
    out.several_machines = *here < *size;
  }
  if (const auto nodes = number(variable(launcher.nodes)); nodes && *nodes > 1) {
    out.several_machines = true;
    out.here = (*size + *nodes - 1) / *nodes;
  }
  return out;
}

Result<Launch> by_hand(const std::string& text) {
  const auto bad = [&] {
    return fail(ErrorKind::usage, "'" + text + "' is not a rank and a number of ranks", "--shard",
                "Write it like 0/3: the first is 0/3, the last 2/3");
  };
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return bad();
  const auto rank = number(std::string_view(text).substr(0, slash));
  const auto size = number(std::string_view(text).substr(slash + 1));
  if (!rank || !size || *size < 1 || *size > 65536 || *rank >= *size) return bad();
  Launch out;
  out.party.rank = *rank;
  out.party.size = *size;
  out.here = *size;
  return out;
}

Result<Launch> find(const RankOptions& options) {
  if (!options.shard.empty()) return by_hand(options.shard);
  for (const Launcher& launcher : kLaunchers) {
    if (variable(launcher.rank).empty() || variable(launcher.size).empty()) continue;
    return launched_by(launcher);
  }
  return Launch{};
}

/// Processors that this process may run on.
int allowed_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
}

}  // namespace

void add_rank_options(CLI::App& app, RankOptions& options) {
  app.add_option("--shard", options.shard,
                 "This process is rank i of n that share the run, e.g. 0/3 (mpirun and srun say "
                 "it by themselves)");
  app.add_option("--job", options.job, "A name that only the ranks of this run have in common");
}

Result<Launch> find_launch(const RankOptions& options) {
  ASSAY_TRY(Launch launch, find(options));
  if (!options.job.empty()) launch.party.job = options.job;
  if (launch.party.job.empty()) launch.party.job = "ranks of " + std::to_string(launch.party.size);
  return launch;
}

int threads_for(const Launch& launch) {
  if (launch.party.alone()) return 0;
  int threads = model::local::physical_cores() / std::max(1, launch.here);
  if (const int allowed = allowed_processors(); allowed > 0) threads = std::min(threads, allowed);
  return std::max(1, threads);
}

Status agree_with(const store::RunRow& run, OpenOptions& options) {
  ASSAY_TRY(const model::ModelInfo info, eval::model_of_run(run));
  if (!info.served_at.empty()) return {};
  options.dtype =
      info.scored_dtype == info.weights_dtype ? "as-stored" : lower_ascii(info.scored_dtype);
  return {};
}

}  // namespace assay::cli
