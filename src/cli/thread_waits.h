// How the engine's threads wait for each other between two steps of a network. Thread-safety: call
// first in main(), before there is any thread.
#pragma once

namespace assay::cli {

/// Bounds how long OpenMP threads spin before they sleep, by starting the program anew with
/// GOMP_SPINCOUNT=1000 (the runtime reads it when it is loaded, so setting it later has no effect).
/// By default they spin for so long that work on other processes' turns is lost at every step: on
/// a machine with twice as many busy threads as cores, generation is 5 to 12 times slower than
/// with this bound; on a quiet one they are equally fast. Does nothing where the user has set
/// GOMP_SPINCOUNT or OMP_WAIT_POLICY, and returns where the program cannot be started anew.
void bound_thread_waits(char** argv);

}  // namespace assay::cli
