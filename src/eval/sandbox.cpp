// The order of events: bwrap makes the box and starts /bin/sh in it, which says that the box
// stands, sets the rlimits and becomes Python.
#include "eval/sandbox.h"

#include "eval/sandbox_filter.h"
#include "eval/sandbox_process.h"

namespace assay::eval {

Result<SandboxRun> run_python(const std::vector<SandboxFile>& files, const SandboxLimits& limits) {
  ASSAY_TRY(const std::string interpreter, box_python());
  if (files.empty()) return fail(ErrorKind::usage, "the sandbox has no program to run");
  BoxCommand box;
  for (const SandboxFile& file : files) {
    ASSAY_CHECK(box.add_file("/job/" + file.name, file.content));
  }
  ASSAY_CHECK(box.add_filter(sandbox_seccomp_filter(false)));
  // Nothing can be written, neither in the root nor in /dev/shm; and there is no /proc, in which
  // one who runs Assay as root could write to the kernel's settings.
  box.add({"--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/job"});
  const std::string shell = kBoxStands + ("ulimit -t " + std::to_string(limits.cpu_seconds)) +
                            "; ulimit -v " + std::to_string(limits.memory_bytes / 1024) +
                            "; ulimit -f 0; ulimit -n 32; ulimit -c 0; exec \"$@\"";
  box.add(
      {"/bin/sh", "-c", shell, "sh", interpreter, "-I", "-S", "-B", "/job/" + files.front().name});
  BoxLimits outside;
  outside.wall = limits.wall;
  outside.output_bytes = limits.output_bytes;
  return run_box(box, outside);
}

}  // namespace assay::eval
