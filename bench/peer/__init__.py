"""What the comparing benchmarks share: a Python of their own for the peer, the engine's program,
the machine's description, tables."""
import json
import os
import platform
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "parity"))
PACKAGES = ["torch==2.10.0", "transformers==4.57.6", "gguf", "lm-eval[hf]==0.4.13", "sentencepiece"]
MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"


def cache(*parts):
    root = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(root, "assay", *parts)


def peer_python():
    """The interpreter of a virtual environment with the peers in it, made on first use (about 7 GB)."""
    python = os.environ.get("ASSAY_PYTHON") or cache("bench", "venv", "bin", "python")
    if not os.path.exists(python):
        print("installing", *PACKAGES, "in", cache("bench", "venv"), flush=True)
        subprocess.run([sys.executable, "-m", "venv", cache("bench", "venv")], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return python


def inside_peer(folder, packages):
    """Goes on in the peer's Python, with packages (without what they depend on) from a folder of
    their own beside it, fetched on first use."""
    place = cache("bench", folder)
    python = peer_python()
    if not os.path.isdir(place):
        print("installing", *packages, "in", place, file=sys.stderr, flush=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", "--target", place, *packages],
                       check=True)
    if os.environ.get("ASSAY_INSIDE_PEER") != folder:
        environment = dict(os.environ, ASSAY_INSIDE_PEER=folder, PYTHONPATH=place, HF_HUB_OFFLINE="1",
                           TOKENIZERS_PARALLELISM="false", PYTHONWARNINGS="ignore")
        os.execve(python, [python, *sys.argv], environment)


def built(*parts, how="run `make bench`"):
    """A program of the build, or the benchmark is skipped."""
    build = os.environ.get("ASSAY_BINARY_DIR") or os.path.join(ROOT, "build", "release")
    program = os.path.join(build, *parts)
    if not os.path.exists(program):
        skip(f"{program} is not built; {how}")
    return program


def whitebox_tool():
    return built("tests", "whitebox_tool", how="build the target whitebox_tool (needs libtorch)")


def skip(reason):
    print("SKIPPED:", reason)
    sys.exit(77)


def model_path():
    path = cache("models", MODEL)
    if not os.path.exists(path):
        skip("no model; run `assay model fetch smollm2`")
    return path


def engine_program():
    return built("bench", "bench_engine", how="run `make bench`, or build the target bench_engine")


def last_json(command, **options):
    """Runs a program and reads the JSON object of its last line."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed with status {done.returncode}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def worker(name, *arguments):
    """Runs bench/peer/<name>.py in the peer's Python."""
    script = os.path.join(ROOT, "bench", "peer", name + ".py")
    environment = dict(os.environ, HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false",
                       PYTHONWARNINGS="ignore", PYTHONPATH=os.path.join(ROOT, "tests", "parity"))
    for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):  # would slow the peer
        environment.pop(variable, None)
    return last_json([peer_python(), script, *map(str, arguments)], env=environment,
                     stderr=subprocess.DEVNULL)


def add_table_options(parser, profile):
    """Options of the benches that assess many models and write a Markdown table."""
    parser.add_argument("--profile", default=profile, choices=["quick", "standard", "full"])
    parser.add_argument("--work", help="folder that keeps the reports; without it they go when the script ends")
    parser.add_argument("--write", help="the Markdown file to write; default: print")


def write_table(lines, path):
    """Into the file, or to the screen where `path` is None."""
    text = "\n".join(lines) + "\n"
    if path is None:
        print(text)
        return
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_lines(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def kv_bytes(path, cells, bytes_a_value):
    """Size of the key and value cache of a llama-like model."""
    from gguf import GGUFReader  # only in the peer's Python
    reader = GGUFReader(path)
    arch = reader.get_field("general.architecture").contents()

    def number(key):
        return reader.get_field(f"{arch}.{key}").contents()
    head = number("embedding_length") // number("attention.head_count")
    return number("block_count") * number("attention.head_count_kv") * head * 2 * cells * bytes_a_value


def machine():
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    load = os.getloadavg()[0]
    return (f"{time.strftime('%Y-%m-%d %H:%M')}, {model}, {os.cpu_count()} cores, "
            f"{platform.system()} {platform.release()}, load before {load:.2f}")


def table(columns, rows):
    print("| " + " | ".join(columns) + " |")
    print("|" + " --- |" * len(columns))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(flush=True)


def median(values):
    return sorted(values)[len(values) // 2]
