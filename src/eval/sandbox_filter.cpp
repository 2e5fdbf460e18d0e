#include "eval/sandbox_filter.h"

#include <cerrno>
#include <cstddef>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <vector>

namespace assay::eval {
namespace {

#if defined(__x86_64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr unsigned kArchitecture = 0;
#endif

constexpr unsigned kNewProcesses[] = {
    SYS_clone,
#if defined(__x86_64__)
    SYS_fork,
    SYS_vfork,
#endif
};

constexpr unsigned kNewNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                                    CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

constexpr unsigned kRefused[] = {
    SYS_socket,          SYS_socketpair,  SYS_ptrace,  SYS_process_vm_readv, SYS_process_vm_writev,
    SYS_unshare,         SYS_setns,       SYS_mount,   SYS_umount2,          SYS_pivot_root,
    SYS_chroot,          SYS_keyctl,      SYS_add_key, SYS_request_key,      SYS_bpf,
    SYS_perf_event_open, SYS_userfaultfd,
#if defined(SYS_io_uring_setup)
    SYS_io_uring_setup,
#endif
};

sock_filter statement(unsigned code, unsigned value) {
  return {static_cast<__u16>(code), 0, 0, value};
}

/// Jumps over `skip` statements unless the accumulator is `value`.
sock_filter unless_equal(unsigned value, unsigned char skip) {
  return {BPF_JMP | BPF_JEQ | BPF_K, 0, skip, value};
}

void refuse(std::vector<sock_filter>& program, unsigned call, unsigned error) {
  program.push_back(unless_equal(call, 1));
  program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error & SECCOMP_RET_DATA)));
}

}  // namespace

std::string sandbox_seccomp_filter(bool processes) {
  if (kArchitecture == 0) return {};
  std::vector<sock_filter> program;
  const auto load = [](std::size_t offset) {
    return statement(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset));
  };
  // Another architecture's calls have other numbers (32-bit on x86-64): end the program.
  program.push_back(load(offsetof(seccomp_data, arch)));
  program.push_back({BPF_JMP | BPF_JEQ | BPF_K, 1, 0, kArchitecture});
  program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
  program.push_back(load(offsetof(seccomp_data, nr)));
#if defined(__x86_64__)
  // The x32 numbers have bit 30 set.
  program.push_back({BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000U});
  program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
#endif
  for (const unsigned call : kRefused) refuse(program, call, EPERM);
  if (processes) {  // clone's flags are in its first argument's lower half
    program.push_back(unless_equal(SYS_clone, 4));
    program.push_back(load(offsetof(seccomp_data, args)));
    program.push_back({BPF_JMP | BPF_JSET | BPF_K, 0, 1, kNewNamespaces});
    program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
    program.push_back(load(offsetof(seccomp_data, nr)));
  } else {
    for (const unsigned call : kNewProcesses) refuse(program, call, EPERM);
  }
  refuse(program, SYS_clone3, ENOSYS);  // libraries then fall back to clone
  program.push_back(statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return {reinterpret_cast<const char*>(program.data()), program.size() * sizeof(sock_filter)};
}

}  // namespace assay::eval
