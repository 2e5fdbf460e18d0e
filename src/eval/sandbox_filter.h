// The seccomp filter of the sandbox, as bubblewrap wants it. Thread-safety: pure function.
#pragma once

#include <string>

namespace assay::eval {

/// Bytes of a classic BPF program (array of sock_filter): allows everything but new processes and
/// threads, sockets, tracing, kernel keys, performance counters, io_uring and namespaces, which
/// give EPERM. Empty on processors for which it is not written (then the other layers stand alone).
/// `processes`: new processes and threads are allowed, but not in new namespaces.
std::string sandbox_seccomp_filter(bool processes);

}  // namespace assay::eval
