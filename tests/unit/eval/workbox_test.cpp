// The workbox: what an agent may do in it, and each way out of it, tried for real.
#include "eval/agent/workbox.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace assay::eval {
namespace {

class Workbox : public testing::Test {
 protected:
  void SetUp() override {
    const auto run = run_work({"true"}, {});
    if (!run) GTEST_SKIP() << "no workbox on this machine: " << run.error().message();
  }
  static WorkRun bash(const std::string& command, const WorkFiles& files = {},
                      const WorkLimits& limits = {}) {
    const auto run = run_work({"bash", "-c", command}, files, limits);
    EXPECT_TRUE(run) << run.error().message();
    return run ? *run : WorkRun{};
  }
  static WorkRun python(const std::string& program, const WorkLimits& limits = {}) {
    const auto run = run_work({"python3", "-c", program}, {}, limits);
    EXPECT_TRUE(run) << run.error().message();
    return run ? *run : WorkRun{};
  }
};

TEST_F(Workbox, FilesGoInAndComeBack) {
  WorkFiles files;
  files.put("data/a.txt", "中文\n");
  files.put("run.sh", "#!/bin/sh\ncat data/a.txt\n", 0755);
  const WorkRun run = bash(
      "./run.sh; wc -l < data/a.txt > count; mkdir -p out/deep; ln -s ../count out/link; "
      "printf '\\377\\000' > bytes; rm run.sh; ls out",
      files);
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.output, "中文\ndeep\nlink\n");
  EXPECT_EQ(run.trouble, "");
  EXPECT_EQ(run.files.text("count"), "1\n");
  EXPECT_FALSE(run.files.has("run.sh"));
  EXPECT_EQ(run.files.json()["bytes"], (Json{{"hex", "ff00"}, {"mode", 0644}}));
  const WorkRun again =
      bash("cat out/link && test -d out/deep && od -An -tx1 bytes && cat data/a.txt", run.files);
  EXPECT_EQ(again.output, "1\n ff 00\n中文\n");
  EXPECT_EQ(again.files, run.files) << "looking changes nothing";
}

TEST_F(Workbox, ModesAreKept) {
  WorkFiles files;
  files.put("rules.txt", "1", 0444);
  const WorkRun refused = bash("echo 2 > rules.txt", files);
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_EQ(refused.files, files);
  const WorkRun forced = bash("chmod u+w rules.txt && echo 2 > rules.txt", refused.files);
  EXPECT_EQ(forced.files.text("rules.txt"), "2\n");
  const WorkRun hidden = bash("mkdir d && echo x > d/f && chmod 0 d/f && chmod 0 d");
  EXPECT_EQ(hidden.files.text("d/f"), "x\n") << hidden.trouble;
}

TEST_F(Workbox, ExitCodesSignalsAndMissingCommands) {
  EXPECT_EQ(bash("exit 7").exit_code, 7);
  EXPECT_EQ(bash("kill -SEGV $$").exit_code, 128 + 11);
  const auto none = run_work({"no-such-command"}, {});
  ASSERT_TRUE(none);
  EXPECT_EQ(none->exit_code, 127);
}

TEST_F(Workbox, ASlowCommandKeepsWhatItHasDone) {
  WorkLimits limits;
  limits.wall = std::chrono::milliseconds(1500);
  const WorkRun run = bash("echo begun; echo 1 > a; sleep 600", {}, limits);
  EXPECT_TRUE(run.out_of_time);
  EXPECT_EQ(run.output, "begun\n");
  EXPECT_EQ(run.files.text("a"), "1\n");
}

TEST_F(Workbox, NothingOutlivesTheCommand) {
  const auto begun = std::chrono::steady_clock::now();
  const WorkRun run = bash("(sleep 600; echo late > late) & setsid sleep 600 & echo 1 > now");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.files.paths(), std::vector<std::string>{"now"});
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(60));
}

TEST_F(Workbox, OutputIsBounded) {
  const WorkRun run = bash("yes 0123456789 | head -c 300000; echo 1 > a");
  EXPECT_EQ(run.output.size(), 16U << 10U);
  EXPECT_TRUE(run.output_cut);
  EXPECT_EQ(run.files.text("a"), "1\n") << "the command itself goes on";
}

TEST_F(Workbox, AForkBombEndsItsBoxAlone) {
  const WorkRun run = bash("echo 1 > a; bomb() { bomb | bomb & }; bomb; sleep 5");
  EXPECT_TRUE(run.trouble.find("too many processes") != std::string::npos || run.out_of_time ||
              run.exit_code != 0 || run.output.find("fork") != std::string::npos)
      << run.output << run.trouble;
  EXPECT_EQ(bash("echo well").output, "well\n");
}

TEST_F(Workbox, ProcessesAreCounted) {
  WorkLimits limits;
  limits.processes = 20;
  const WorkRun run =
      python("import subprocess\nfor i in range(60): subprocess.Popen(['sleep', '30'])", limits);
  EXPECT_TRUE(run.trouble.find("too many processes") != std::string::npos ||
              run.output.find("Resource temporarily unavailable") != std::string::npos)
      << run.output << run.trouble;
}

TEST_F(Workbox, MemoryOfAllProcessesTogetherIsBounded) {
  const WorkRun run = python(
      "import os, time\nfor i in range(4):\n  if os.fork() == 0:\n    x = b'x' * (300 << 20)\n"
      "    time.sleep(8)\n    os._exit(0)\ntime.sleep(8)");
  EXPECT_NE(run.trouble.find("too much memory"), std::string::npos) << run.output;
  const WorkRun one = python("x = bytearray(1 << 30)");
  EXPECT_NE(one.output.find("MemoryError"), std::string::npos);
}

TEST_F(Workbox, HugeAndManyFilesAreRefused) {
  const WorkRun huge = bash("head -c 3000000000 /dev/zero > big");
  EXPECT_NE(huge.exit_code, 0) << "no more room than disk_bytes";
  EXPECT_NE(huge.trouble, "");
  EXPECT_FALSE(huge.files.has("big"));
  const WorkRun shared = bash("head -c 100000 /dev/zero > /dev/shm/x");
  EXPECT_NE(shared.exit_code, 0);
  const WorkRun many = bash("for i in $(seq 600); do echo > f$i; done");
  EXPECT_NE(many.trouble.find("too many files"), std::string::npos) << many.trouble;
  EXPECT_TRUE(many.files.paths().empty());
  const WorkRun deep = python("import os\nfor i in range(3000):\n  os.mkdir('d')\n  os.chdir('d')");
  EXPECT_NE(deep.trouble, "");
  const WorkRun name = bash("touch $'\\xff'");
  EXPECT_NE(name.trouble.find("cannot be read"), std::string::npos) << name.trouble;
}

TEST_F(Workbox, LinksLeadNowhere) {
  const std::filesystem::path secret =
      std::filesystem::temp_directory_path() / ("assay-secret-" + std::to_string(::getpid()));
  std::ofstream(secret) << "SECRET";
  const WorkRun run = bash("ln -s / root; ln -s " + secret.string() +
                           " s; cat s root/etc/shadow root/root/.bashrc " + secret.string() +
                           "; ls root; echo over > s; ln -s /etc/passwd p; echo x >> p");
  EXPECT_EQ(run.output.find("SECRET"), std::string::npos) << run.output;
  EXPECT_EQ(run.output.find("root:x"), std::string::npos);
  EXPECT_NE(run.output.find("usr"), std::string::npos) << "the box's own root";
  std::ifstream file(secret);
  std::string text;
  file >> text;
  EXPECT_EQ(text, "SECRET");
  std::filesystem::remove(secret);
  EXPECT_EQ(run.files.json()["root"], (Json{{"link", "/"}}));
}

TEST_F(Workbox, NoProcNoMountsNoNamespacesNoDevices) {
  for (const char* command : {"ls /proc/1",
                              "mount -t proc proc /tmp",
                              "mount -t tmpfs t /mnt",
                              "unshare -r true",
                              "unshare -m true",
                              "nsenter -t 1 -m true",
                              "chroot /work /bin/true",
                              "mknod d b 8 0",
                              "mknod /tmp/m c 1 1",
                              "cat /dev/sda",
                              "cat /dev/kmsg",
                              "cat /dev/mem",
                              "ls /sys/kernel",
                              "dmesg | grep .",
                              "echo 1 > /usr/x",
                              "touch /x",
                              "touch /etc/x",
                              "touch /job/x",
                              "rm -rf /usr/bin/true && false",
                              "cat /home/*/* 2>/dev/null",
                              "ls /root",
                              "hostname other && test \"$(hostname)\" = box && false"}) {
    const WorkRun run = bash(command);
    EXPECT_NE(run.exit_code, 0) << command << ": " << run.output;
  }
}

TEST_F(Workbox, NoSockets) {
  for (const char* program :
       {"import socket; socket.create_connection(('127.0.0.1', 80))",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
        "import urllib.request; urllib.request.urlopen('http://1.1.1.1', timeout=3)"}) {
    EXPECT_EQ(python(program).exit_code, 1) << program;
  }
  EXPECT_NE(bash("exec 3<>/dev/tcp/127.0.0.1/22").exit_code, 0);
}

TEST_F(Workbox, SetUidGivesNothing) {
  EXPECT_EQ(bash("id -u").output, "1000\n");
  const WorkRun run = bash(
      "cp /usr/bin/id i && chmod 4755 i && ./i -u; chown 0 i; "
      "python3 -c 'import os; os.setuid(0)'; su -c id; sudo id; grep -c . /etc/shadow");
  EXPECT_EQ(run.output.find("uid=0"), std::string::npos) << run.output;
  EXPECT_TRUE(run.output.starts_with("1000\n")) << run.output;
  EXPECT_NE(run.output.find("OSError"), std::string::npos) << "there is no other user to become";
}

TEST_F(Workbox, TheDriverCannotBeTurned) {
  const WorkRun killed = bash("echo 1 > a; kill -9 -1; sleep 3");
  EXPECT_NE(killed.trouble + killed.output, "-") << "any end but a wrong one";
  EXPECT_TRUE(killed.files.paths().empty() || killed.files.text("a") == "1\n");
  const WorkRun forged = python(
      "import os\nfor fd in range(3, 64):\n  try: os.write(fd, b'{\"exit\":0}')\n"
      "  except OSError: pass\nos.kill(os.getppid(), 9)");
  EXPECT_NE(forged.trouble, "") << "the driver is gone, so there is no result";
  EXPECT_EQ(forged.exit_code, 137);
  const WorkRun traced = python(
      "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
      "print(libc.ptrace(16, os.getppid(), 0, 0))");
  EXPECT_EQ(traced.output, "-1\n");
}

TEST(WorkFiles, OnlyPathsWithin) {
  for (const char* bad :
       {R"({"../x":"a"})", R"({"/etc/x":"a"})", R"({"a//b":"a"})", R"({"a/./b":"a"})",
        R"({"":"a"})", R"({"a":1})", R"({"a":{"text":"x","hex":"00"}})", R"({"a":{"mode":420}})",
        R"({"a":{"text":"x","mode":"rw"}})", R"({"a":{"text":"x","mode":99999}})",
        R"({"a":{"other":"x"}})", R"([])"}) {
    EXPECT_FALSE(WorkFiles::from_json(Json::parse(bad))) << bad;
  }
  const Json good = Json::parse(
      R"({"a":"x","b/c":{"hex":"ff"},"d":{"folder":true},"e":{"link":"/etc"},
          "f":{"text":"#!/bin/sh","mode":493}})");
  const auto files = WorkFiles::from_json(good);
  ASSERT_TRUE(files) << files.error().message();
  EXPECT_EQ(files->json(), good);
  EXPECT_EQ(files->text("f"), "#!/bin/sh");
  EXPECT_FALSE(files->text("b/c").has_value());
}

}  // namespace
}  // namespace assay::eval
