// The order of events: bwrap makes the box and starts a driver in it (Python, below), which writes
// the files into /work, runs the command, kills what is left of it, and prints one JSON object: how
// it ended, what it wrote, and the files. Nothing in that object is believed: it is read as any
// input from outside.
#include "eval/agent/workbox.h"

#include "base/text.h"
#include "eval/sandbox_filter.h"
#include "eval/sandbox_process.h"

namespace assay::eval {
namespace {

constexpr const char* kDriver = R"PY(
import json, os, resource, select, signal, stat, subprocess, sys, time

job = json.load(open('/job/job.json', encoding='utf-8'))
limits = job['limits']

def restore():
    links = []
    for path, entry in job['files'].items():
        full = os.path.join('/work', path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        if isinstance(entry, str):
            entry = {'text': entry}
        if 'link' in entry:
            links.append((full, entry['link']))
            continue
        if entry.get('folder'):
            os.makedirs(full, exist_ok=True)
        else:
            data = bytes.fromhex(entry['hex']) if 'hex' in entry else entry['text'].encode()
            with open(full, 'wb') as file:
                file.write(data)
        links.append((full, entry.get('mode')))
    for full, what in reversed(links):
        if isinstance(what, str):
            os.symlink(what, full)
        elif what is not None:
            os.chmod(full, what)

def bound():
    def limit(which, value):
        resource.setrlimit(which, (value, value))
    limit(resource.RLIMIT_CPU, limits['cpu'])
    limit(resource.RLIMIT_AS, limits['memory'])
    limit(resource.RLIMIT_NPROC, limits['processes'])
    limit(resource.RLIMIT_FSIZE, limits['disk'])
    limit(resource.RLIMIT_NOFILE, 64)
    limit(resource.RLIMIT_CORE, 0)
    os.nice(5)

def run():
    out = {'out_of_time': False, 'cut': False}
    try:
        child = subprocess.Popen(job['argv'], cwd='/work', stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                 preexec_fn=bound)
    except OSError as problem:
        return {**out, 'exit': 127, 'output': str(problem)}
    text = b''
    pipe = child.stdout.fileno()
    os.set_blocking(pipe, False)
    deadline = time.monotonic() + limits['seconds']
    open_ = True
    while True:
        ended = child.poll() is not None
        if open_ and select.select([pipe], [], [], 0 if ended else 0.02)[0]:
            piece = os.read(pipe, 65536)
            open_ = piece != b''
            room = limits['output'] - len(text)
            text += piece[:max(room, 0)]
            out['cut'] = out['cut'] or len(piece) > room
            if open_ and time.monotonic() < deadline:
                continue
        elif not ended and not open_:
            time.sleep(0.005)
        if ended:
            break
        if time.monotonic() >= deadline:
            out['out_of_time'] = True
            break
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass
    code = child.wait()
    out['exit'] = code if code >= 0 else 128 - code
    out['output'] = text.decode('utf-8', 'replace')
    return out

def entry_of(full):
    info = os.lstat(full)
    mode = stat.S_IMODE(info.st_mode)
    if stat.S_ISLNK(info.st_mode):
        return {'link': os.readlink(full)}
    if stat.S_ISDIR(info.st_mode):
        return {'folder': True} if mode == 0o755 else {'folder': True, 'mode': mode}
    if not stat.S_ISREG(info.st_mode):
        return None
    os.chmod(full, 0o600)
    with open(full, 'rb') as file:
        data = file.read(limits['kept'] + 1)
    try:
        text = {'text': data.decode()}
    except UnicodeDecodeError:
        text = {'hex': data.hex()}
    if mode == 0o644 and 'text' in text:
        return text['text']
    return {**text, 'mode': mode}

def collect():
    found, size, todo = {}, 0, ['/work']
    while todo:
        folder = todo.pop()
        mode = stat.S_IMODE(os.lstat(folder).st_mode)
        os.chmod(folder, 0o700)
        for name in sorted(os.listdir(folder)):
            full = os.path.join(folder, name)
            path = full[len('/work/'):]
            path.encode()
            entry = entry_of(full)
            if entry is None:
                continue
            if len(found) >= limits['files'] or len(path) > 1000:
                return None, 'it left too many files in /work'
            found[path] = entry
            size += len(path) + len(json.dumps(entry))
            if size > limits['kept']:
                return None, 'its files in /work became too large'
            if isinstance(entry, dict) and entry.get('folder'):
                todo.append(full)
        os.chmod(folder, mode)
    return found, ''

restore()
done = run()
try:
    done['files'], done['trouble'] = collect()
except Exception as problem:
    done['files'], done['trouble'] = None, 'its files in /work cannot be read: ' + str(problem)
sys.stdout.write(json.dumps(done))
)PY";

bool inside(const std::string& path) {
  if (path.empty() || path.size() > 1000 || path.find('\0') != std::string::npos) return false;
  for (const std::string& part : split(path, '/')) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return true;
}

bool is_entry(const Json& entry) {
  if (entry.is_string()) return true;
  if (!entry.is_object()) return false;
  int kinds = 0;
  for (const auto& [key, value] : entry.items()) {
    if (key == "mode") {
      if (!value.is_number_integer() || value < 0 || value > 07777) return false;
    } else if (key == "folder") {
      if (value != true) return false;
      ++kinds;
    } else if (key == "text" || key == "hex" || key == "link") {
      if (!value.is_string()) return false;
      ++kinds;
    } else {
      return false;
    }
  }
  return kinds == 1;
}

Json job(const std::vector<std::string>& argv, const WorkFiles& files, const WorkLimits& limits) {
  const double seconds = std::chrono::duration<double>(limits.wall).count();
  return Json{{"argv", argv},
              {"files", files.json()},
              {"limits",
               {{"seconds", seconds},
                {"cpu", limits.cpu_seconds},
                {"memory", limits.process_memory},
                {"processes", limits.processes},
                {"disk", limits.disk_bytes},
                {"output", limits.output_bytes},
                {"kept", limits.kept_bytes},
                {"files", limits.kept_files}}}};
}

std::string why_ended(SandboxEnd end) {
  switch (end) {
    case SandboxEnd::too_many_processes: return "it started too many processes";
    case SandboxEnd::too_much_memory: return "it took too much memory";
    case SandboxEnd::out_of_time: return "it did not end in time";
    default: return "it ended the box that it ran in";
  }
}

/// What the driver has printed, or nothing where it is not what a driver prints.
std::optional<WorkRun> read_run(const std::string& printed, const WorkFiles& before) {
  const auto json = parse_json(printed, "box");
  if (!json || !json->is_object()) return std::nullopt;
  const auto is = [&](const char* key, auto check) {
    const auto found = json->find(key);
    return found != json->end() && check(*found);
  };
  const auto number = [](const Json& x) { return x.is_number_integer() && x >= 0 && x < 1024; };
  const auto flag = [](const Json& x) { return x.is_boolean(); };
  const auto text = [](const Json& x) { return x.is_string(); };
  if (!is("exit", number) || !is("out_of_time", flag) || !is("cut", flag) || !is("output", text) ||
      !is("trouble", text) || !json->contains("files")) {
    return std::nullopt;
  }
  WorkRun run;
  run.exit_code = (*json)["exit"].get<int>();
  run.out_of_time = (*json)["out_of_time"].get<bool>();
  run.output_cut = (*json)["cut"].get<bool>();
  run.output = (*json)["output"].get<std::string>();
  run.trouble = (*json)["trouble"].get<std::string>();
  run.files = before;
  if (!run.trouble.empty()) return run;
  auto files = WorkFiles::from_json((*json)["files"]);
  if (!files) return std::nullopt;
  run.files = std::move(*files);
  return run;
}

}  // namespace

Result<WorkFiles> WorkFiles::from_json(const Json& json) {
  if (!json.is_object()) return fail(ErrorKind::format, "files are not an object", "files");
  for (const auto& [path, entry] : json.items()) {
    if (!inside(path) || !is_entry(entry)) {
      return fail(ErrorKind::format, "not a file of a work folder", path,
                  "Give a relative path and a text, or an object with text, hex, link or folder");
    }
  }
  WorkFiles out;
  out.entries_ = json;
  return out;
}

void WorkFiles::put(const std::string& path, const std::string& text, int mode) {
  entries_[path] = mode == 0644 ? Json(text) : Json{{"text", text}, {"mode", mode}};
}

std::optional<std::string> WorkFiles::text(std::string_view path) const {
  const auto found = entries_.find(path);
  if (found == entries_.end()) return std::nullopt;
  if (found->is_string()) return found->get<std::string>();
  const auto text = found->find("text");
  if (text == found->end()) return std::nullopt;
  return text->get<std::string>();
}

bool WorkFiles::has(std::string_view path) const { return entries_.contains(path); }

std::vector<std::string> WorkFiles::paths() const {
  std::vector<std::string> out;
  for (const auto& [path, ignored] : entries_.items()) out.push_back(path);
  return out;
}

Result<WorkRun> run_work(const std::vector<std::string>& argv, const WorkFiles& files,
                         const WorkLimits& limits) {
  ASSAY_TRY(const std::string python, box_python());
  if (argv.empty()) return fail(ErrorKind::usage, "the workbox has no command to run");
  BoxCommand box;
  const std::string disk = std::to_string(limits.disk_bytes);
  // One user of the box, whom no set-uid program can change: there is no other.
  box.add({"--uid", "1000", "--gid", "1000", "--setenv", "HOME", "/work", "--size", disk, "--tmpfs",
           "/work", "--size", disk, "--tmpfs", "/tmp"});
  ASSAY_CHECK(box.add_file("/job/driver.py", kDriver));
  ASSAY_CHECK(box.add_file("/job/job.json", dump_json(job(argv, files, limits))));
  ASSAY_CHECK(box.add_filter(sandbox_seccomp_filter(true)));
  box.add({"--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/work"});
  box.add({"/bin/sh", "-c", std::string(kBoxStands) + "exec \"$@\"", "sh", python, "-I", "-S", "-B",
           "/job/driver.py"});
  BoxLimits outside;
  outside.wall = limits.wall + std::chrono::seconds(10);  // the driver keeps the time
  outside.output_bytes = 4 * (limits.kept_bytes + limits.output_bytes) + (64 << 10);
  outside.processes = limits.processes;
  outside.memory_bytes = limits.memory;
  ASSAY_TRY(const SandboxRun run, run_box(box, outside));
  if (run.end == SandboxEnd::exited && run.exit_code == 0) {
    if (auto read = read_run(run.output, files)) return *std::move(read);
  }
  WorkRun lost;
  lost.exit_code = 137;
  lost.files = files;
  lost.trouble = why_ended(run.end);
  return lost;
}

}  // namespace assay::eval
