// The sandbox against hostile programs, each tried for real.
#include "eval/sandbox.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "eval/sandbox_filter.h"

namespace assay::eval {
namespace {

class Sandbox : public testing::Test {
 protected:
  void SetUp() override {
    const auto run = run_python({{"main.py", "print('here')"}});
    if (!run) GTEST_SKIP() << "no sandbox on this machine: " << run.error().message();
  }
  static SandboxRun run(const std::string& program, const SandboxLimits& limits = {}) {
    const auto result = run_python({{"main.py", program}}, limits);
    EXPECT_TRUE(result) << result.error().message();
    return result ? *result : SandboxRun{};
  }
};

TEST_F(Sandbox, RunsAProgramWithItsFiles) {
  const auto result =
      run_python({{"main.py", "print(open('/job/data.txt').read())"}, {"data.txt", "中文 data"}});
  ASSERT_TRUE(result) << result.error().message();
  EXPECT_EQ(result->end, SandboxEnd::exited);
  EXPECT_EQ(result->exit_code, 0);
  EXPECT_EQ(result->output, "中文 data\n");
}

TEST_F(Sandbox, PassesExitCodesAndErrorsOn) {
  const SandboxRun exit = run("import sys; sys.exit(3)");
  EXPECT_EQ(exit.exit_code, 3);
  const SandboxRun raised = run("raise ValueError('no')");
  EXPECT_EQ(raised.exit_code, 1);
  EXPECT_NE(raised.errors.find("ValueError: no"), std::string::npos);
  EXPECT_EQ(run("import os; os.kill(os.getpid(), 11)").end, SandboxEnd::signalled);
}

TEST_F(Sandbox, EndsALoopByProcessorTime) {
  EXPECT_EQ(run("while True: pass").end, SandboxEnd::signalled);
}

TEST_F(Sandbox, EndsASleeperByWallTime) {
  SandboxLimits limits;
  limits.wall = std::chrono::milliseconds(1500);
  EXPECT_EQ(run("import time; time.sleep(600)", limits).end, SandboxEnd::out_of_time);
  EXPECT_EQ(run("import os, time; os.close(1); os.close(2); time.sleep(600)", limits).end,
            SandboxEnd::out_of_time);
}

TEST_F(Sandbox, BoundsOutput) {
  const SandboxRun flood = run("while True: print('x' * 1000)");
  EXPECT_EQ(flood.end, SandboxEnd::too_much_text);
  EXPECT_LE(flood.output.size(), (64U << 10U) + 2);
  const SandboxRun errors = run("import sys\nfor i in range(3000): sys.stderr.write('e' * 1000)");
  EXPECT_EQ(errors.end, SandboxEnd::exited);
  EXPECT_LE(errors.errors.size(), 4096U);
}

TEST_F(Sandbox, BoundsMemory) {
  const SandboxRun hog = run("x = []\nwhile True: x.append(bytearray(1 << 24))");
  EXPECT_EQ(hog.exit_code, 1);
  EXPECT_NE(hog.errors.find("MemoryError"), std::string::npos);
}

TEST_F(Sandbox, RefusesProcessesThreadsAndSockets) {
  for (const char* program :
       {"import os\nwhile True: os.fork()", "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "import subprocess; subprocess.run(['/bin/true'])",
        "import threading; threading.Thread(target=print).start()",
        "import socket; socket.create_connection(('127.0.0.1', 80))",
        "import socket; socket.socket(socket.AF_UNIX)"}) {
    if (sandbox_seccomp_filter(false).empty()) GTEST_SKIP() << "no filter for this processor";
    EXPECT_EQ(run(program).exit_code, 1) << program;
  }
}

TEST_F(Sandbox, SeesNothingOfTheUser) {
  const auto secret =
      std::filesystem::temp_directory_path() / ("assay-secret-" + std::to_string(::getpid()));
  std::ofstream(secret) << "secret";
  EXPECT_EQ(run("open('" + secret.string() + "')").exit_code, 1);
  std::filesystem::remove(secret);
  EXPECT_EQ(run("open('/etc/passwd')").exit_code, 1);
  EXPECT_EQ(run("import os; print(sorted(set(os.environ) - {'PWD'}))").output,
            "['LC_ALL', 'PATH']\n");
  EXPECT_EQ(run("import os; print(os.path.exists('/proc'))").output, "False\n");
  EXPECT_EQ(run("import sys; print(repr(sys.stdin.read()))").output, "''\n");
}

TEST_F(Sandbox, SeesNoOpenFileOfThisProcess) {
  const auto file =
      std::filesystem::temp_directory_path() / ("assay-open-" + std::to_string(::getpid()));
  std::FILE* open = std::fopen(file.c_str(), "w+");  // without close-on-exec
  ASSERT_NE(open, nullptr);
  std::fputs("open secret", open);
  std::rewind(open);
  const SandboxRun listed =
      run("import os\n"
          "for f in range(3, 100):\n"
          "    try: print(os.read(f, 100), os.fstat(f).st_size)\n"
          "    except OSError: pass");
  std::fclose(open);
  std::filesystem::remove(file);
  EXPECT_EQ(listed.output.find("secret"), std::string::npos) << listed.output;
}

TEST_F(Sandbox, LetsNothingBeWritten) {
  for (const char* path :
       {"/x", "/tmp/x", "/job/main.py", "/dev/shm/x", "/usr/x", "/proc/sys/kernel/core_pattern"}) {
    EXPECT_EQ(run(std::string("open('") + path + "', 'w').write('x')").exit_code, 1) << path;
  }
}

TEST_F(Sandbox, KillingEveryProcessHarmsOnlyItself) {
  const SandboxRun run_result =
      run("import os\nos.kill(-1, 9)\nos.kill(1, 9)\nprint('still here')");
  EXPECT_TRUE(run_result.exit_code != 0 || run_result.output == "still here\n");
  EXPECT_EQ(run("print(1)").output, "1\n");
}

TEST(SandboxUse, WantsAProgram) {
  const auto result = run_python({});
  ASSERT_FALSE(result);
}

}  // namespace
}  // namespace assay::eval
