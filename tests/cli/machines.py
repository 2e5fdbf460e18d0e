"""One run shared by several processes: started by Open MPI's mpirun and by hand, the report is that of one process
byte for byte but for times and costs; ranks are killed, what they left is done on resumption, once."""
import collections
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["ASSAY_SOURCE_DIR"], "tests/support"))
from reports import check_equal  # noqa: E402  (found by the line above)

ASSAY = os.environ["ASSAY"]
PUBLIC = pathlib.Path(os.environ["ASSAY_SHARED_DATA"])
DATA = PUBLIC / "models/stories260K"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
SMOLLM2 = CACHE / "assay/models/SmolLM2-135M-Instruct.Q4_1.gguf"
MPIRUN = ["mpirun", "--oversubscribe", "--bind-to", "none"]


def finish(process, status=0, says=()):
    out, errors = process.communicate(timeout=600)
    told = f"{' '.join(map(str, process.args))}: {process.returncode}\n{out[-2000:]}\n{errors[-3000:]}"
    assert status is None or process.returncode == status, told
    for piece in says:
        assert piece in out + errors, f"no {piece!r} in {told}"
    return out, errors


def start(*words, env=None):
    return subprocess.Popen(list(map(str, words)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env={**os.environ, **(env or {})})


def stored(store):
    with sqlite3.connect(store) as database:
        rows = database.execute("select task, lang, sample, epoch from samples join tasks using(unit)").fetchall()
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    counts = collections.Counter(rows)
    assert all(n == 1 for n in counts.values()), "a sample was asked twice"
    return set(counts)


def check_options(home, model):
    words = (ASSAY, "assess", model, "--store", home / "usage.db", "--out", home / "usage")
    for shard in ("3", "3/3", "x/3", "-1/3", "1/0", "1/"):
        finish(start(*words, "--shard", shard), 2, ["--shard"])
    finish(start(*words, env={"OMPI_COMM_WORLD_RANK": "two", "OMPI_COMM_WORLD_SIZE": "3"}), 2, ["OMPI_COMM_WORLD"])
    finish(start(*words, env={"OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "4",
                              "OMPI_COMM_WORLD_LOCAL_SIZE": "2"}), 2, ["several machines"])
    # In a batch script Slurm tells of tasks that are not running: this is one process.
    finish(start(*words, "--tasks", "language_floor", "--limit", "2",
                 env={"SLURM_PROCID": "0", "SLURM_NTASKS": "3", "SLURM_JOB_ID": "7"}))


def check_by_hand(home, alone, words):
    """Started one by one, in the order in which they must wait for each other, as srun would name them."""
    for name, environments in (
            ("hand", [["--shard", f"{i}/3", "--job", "j"] for i in (2, 1, 0)]),
            ("slurm", [{"SLURM_PROCID": str(i), "SLURM_STEP_NUM_TASKS": "3", "SLURM_JOB_ID": "7",
                        "SLURM_STEP_ID": "0"} for i in (1, 0, 2)]),
            ("mpich", [{"PMI_RANK": str(i), "PMI_SIZE": "3", "MPI_LOCALNRANKS": "3"} for i in (0, 1, 2)])):
        store = home / f"{name}.db"
        processes = []
        for one in environments:
            extra, env = (one, None) if isinstance(one, list) else ([], one)
            processes.append(start(*words, *extra, "--store", store, "--out", home / name, env=env))
            time.sleep(0.1)
        for process in processes:
            finish(process)
        check_equal(home / "alone", home / name)
        assert stored(store) == alone, name


def check_mpirun(home, name, alone, words):
    place = ("--store", home / f"{name}.db", "--out", home / name)
    out, _ = finish(start(*MPIRUN, "-n", "3", *words, *place))
    assert out.count("The report:") == 1, out
    check_equal(home / "alone", home / name)
    assert stored(home / f"{name}.db") == alone
    before = (home / name / "report.json").read_bytes()
    finish(start(*MPIRUN, "-n", "2", *words, *place, "--resume", "latest"))  # nothing is left to do
    assert (home / name / "report.json").read_bytes() == before


def ranks_of(launcher):
    """Process numbers of the ranks that a launcher has started, by rank."""
    found = {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            environ = (entry / "environ").read_bytes().split(b"\0")
        except (OSError, IndexError):
            continue
        rank = [v for v in environ if v.startswith(b"OMPI_COMM_WORLD_RANK=")]
        if parent == launcher and rank:
            found[int(rank[0].split(b"=")[1])] = int(entry.name)
    return found


def wait_for_samples(process, store, count):
    for _ in range(6000):
        assert process.poll() is None, process.communicate()
        try:
            with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
                if database.execute("select coalesce(sum(samples), 0) from tasks").fetchone()[0] >= count:
                    return
        except sqlite3.OperationalError:
            pass
        time.sleep(0.02)
    raise AssertionError("no samples within two minutes")


def check_kills(home, alone, words):
    store = home / "killed.db"
    process = start(*MPIRUN, "-n", "3", *words, "--store", store, "--out", home / "killed")
    wait_for_samples(process, store, 20)
    ranks = ranks_of(process.pid)
    assert set(ranks) == {0, 1, 2}, ranks
    os.kill(ranks[2], signal.SIGKILL)
    finish(process, None)
    assert process.returncode != 0
    before = stored(store)
    assert before and before < alone, (len(before), len(alone))
    # By hand, where no launcher ends the others: rank 0 sees that one is missing, and says so.
    again = [start(*words, "--shard", f"{i}/3", "--resume", "latest", "--store", store, "--out", home / "killed")
             for i in range(3)]
    wait_for_samples(again[0], store, len(before) + 20)
    again[1].kill()
    finish(again[1], -signal.SIGKILL)
    finish(again[2], None)
    _, errors = finish(again[0], 3, ["--resume"])
    assert re.search(rf"rank 1 of 3 \(process {again[1].pid} on .*\) ended before its work was done", errors) or \
        "rank was lost" in errors, errors
    between = stored(store)
    assert before <= between < alone, (len(before), len(between), len(alone))
    finish(start(*words, "--resume", "latest", "--store", store, "--out", home / "killed"))
    assert stored(store) == alone
    report = json.loads((home / "killed/report.json").read_text())
    assert report["run"]["finished"]
    for result in report["results"]:
        assert result["done"] == result["planned"], result["key"]


def main():
    if not (DATA / "stories260K.bin").exists():
        print(f"machines: SKIPPED: stories260K is not in {DATA}")
        return 77
    os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        os.environ["XDG_DATA_HOME"] = str(home / "data")
        os.environ["TMPDIR"] = str(home)
        model = home / "stories260K.gguf"
        subprocess.run([os.environ["ASSAY_STORIES_GGUF"], DATA, model], check=True)
        check_options(home, model)
        words = (ASSAY, "assess", model, "--tasks", "language_floor,language_divide,crows_pairs", "--data", PUBLIC,
                 "--limit", "700", "--dtype", "f32", "--threads", "1")
        finish(start(*words, "--store", home / "alone.db", "--out", home / "alone"))
        alone = stored(home / "alone.db")
        check_by_hand(home, alone, words)
        if shutil.which("mpirun") is None:
            print("machines: SKIPPED: no mpirun here; apt-get install openmpi-bin")
            return 77
        check_mpirun(home, "mpi", alone, words)
        check_kills(home, alone, words)
        if SMOLLM2.exists():  # its last digits depend on what is computed beside a question
            words = (ASSAY, "assess", SMOLLM2, "--tasks", "facts,minimal_pairs_bias", "--limit", "6", "--dtype",
                     "as-stored", "--threads", "1")
            finish(start(*words, "--store", home / "alone2.db", "--out", home / "alone"))
            check_mpirun(home, "mpi2", stored(home / "alone2.db"), words)
        else:
            print("machines: no SmolLM2 here, so only stories260K was tried; run `assay model fetch smollm2`")
    print("machines: all is well")
    return 0


sys.exit(main())
