#include "cli/thread_waits.h"

#include <cstdlib>
#include <unistd.h>

namespace assay::cli {

void bound_thread_waits(char** argv) {
  if (std::getenv("GOMP_SPINCOUNT") != nullptr || std::getenv("OMP_WAIT_POLICY") != nullptr) return;
  if (setenv("GOMP_SPINCOUNT", "1000", 0) != 0) return;
  execv("/proc/self/exe", argv);
}

}  // namespace assay::cli
