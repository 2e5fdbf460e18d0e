"""Runs in the database of a real PostgreSQL server that this script starts: several at once, by ranks, killed and gone
on with, with the server stopped in their midst; and its password is nowhere but on the wire."""
import collections
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.environ["ASSAY_SOURCE_DIR"], "tests/support"))
import postgres_server  # noqa: E402  (found by the line above)
from reports import check_equal  # noqa: E402

ASSAY = os.environ["ASSAY"]
ITEMS = 300
COST = ("requests",)  # of what was cut off is asked again
SAID = []  # all that assay has printed


class Stub:
    """A model that answers every question after DELAY ms."""

    def __init__(self, delay):
        self.process = subprocess.Popen([os.environ["ASSAY_STUB_SERVER"], str(delay)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.model = f"openai:stub@http://127.0.0.1:{self.process.stdout.readline().strip()}/v1"

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def start(*words, env=None):
    return subprocess.Popen([ASSAY, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env={**os.environ, **(env or {})})


def finish(process, status=0, says=()):
    out, errors = process.communicate(timeout=300)
    SAID.append(out + errors)
    told = f"{' '.join(process.args)}: {process.returncode}\n{out[-2000:]}\n{errors[-3000:]}"
    assert status is None or process.returncode == status, told
    assert "internal error" not in errors, told
    for piece in says:
        assert piece in out + errors, f"no {piece!r} in {told}"
    return out


class Team:
    """One store for all, and a task of our own."""

    def __init__(self, home, server):
        self.home, self.server = home, server
        rows = [{"q": f"What comes after {i}?", "a": "2" if i % 3 else "none"} for i in range(ITEMS)]
        (home / "items.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        (home / "task.json").write_text(json.dumps({"task": "count", "data": "items.jsonl", "prompt": "{{q}}",
                                                    "target": "a", "score": "contains"}))
        self.slow, self.fast = Stub(150), Stub(5)

    def words(self, model, out, *more, store=None):
        return ("assess", model, "--task-file", self.home / "task.json", "--tasks", "count", "--lang", "en",
                "--model-arg", "in_flight=8", "--model-arg", "cache=0", "--store", store or self.server.address(),
                "--out", self.home / out, *more)

    def ask(self, *words, status=0, says=()):
        return finish(start(*words, "--store", self.server.address()), status, says)

    def stored(self, run):
        rows = self.server.sql("SELECT sample, epoch FROM assay.samples JOIN assay.tasks USING (unit) "
                               f"JOIN assay.runs ON run = seq WHERE runs.id = '{run}'").split("\n")
        counts = collections.Counter(filter(None, rows))
        assert all(n == 1 for n in counts.values()), "a sample was asked twice"
        return set(counts)

    def runs(self):
        return json.loads(self.ask("runs", "--json"))["runs"]

    def wait_for(self, process, count):
        """Until the newest unfinished run has so many samples; its id."""
        for _ in range(3000):
            assert process.poll() is None, process.communicate()
            told = self.server.sql("SELECT runs.id, coalesce(sum(samples), 0) FROM assay.runs LEFT JOIN assay.tasks "
                                   "ON run = seq WHERE finished = '' GROUP BY seq, runs.id ORDER BY seq DESC LIMIT 1")
            if told and int(told.split("|")[1]) >= count:
                return told.split("|")[0]
            time.sleep(0.02)
        raise AssertionError("no samples within a minute")


def check_doctor(team):
    """Looking changes nothing; what is wrong has a remedy."""
    told = team.ask("doctor", says=["PostgreSQL", "can be written"])
    assert "✓ store" in told, told
    assert team.server.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'assay'") == "0"
    for address, says in ((team.server.address("wrong-s3cr3t9c1f"), "password"),
                          (team.server.address(None), "~/.pgpass"),
                          (team.server.address(database="nowhere"), "no such database"),
                          ("postgresql://assay:s3cr3t9c1f@127.0.0.1:1/team", "cannot be reached"),
                          ("postgresql://assay:p@s3cr3t9c1f@127.0.0.1/team", "@ too many")):
        finish(start("doctor", "--store", address), 3, ["✗ store", says])
        finish(start("runs", "--store", address), None, [says])
    team.ask("runs", status=3, says=["no store of runs"])


def check_at_once(team):
    """Several people's runs at the same time, and what is said of them."""
    for model, name in ((team.fast.model, "alone"), (team.slow.model, "alone_slow")):
        finish(start(*team.words(model, name, store=team.home / f"{name}.db")))
    processes = [start(*team.words(team.fast.model, f"once{i}")) for i in range(4)]
    for process in processes:
        finish(process)
    runs = team.runs()
    assert len(runs) == 4 and all(r["finished"] for r in runs), runs
    everything = team.stored(runs[0]["id"])
    assert len(everything) == ITEMS
    for i, run in enumerate(runs):
        assert team.stored(run["id"]) == everything
        check_equal(team.home / "alone", team.home / f"once{i}")
    one, other = runs[0]["id"], runs[1]["id"]
    shown = json.loads(team.ask("show", one, "--samples", "--limit", 1000, "--json"))
    assert len(shown) == ITEMS
    team.ask("compare", one, other, says=["count"])
    team.ask("report", one, "--out", team.home / "again")
    finish(start("report", "latest", "--store", team.home / "alone.db", "--out", team.home / "alone_again"))
    check_equal(team.home / "alone_again", team.home / "again")
    team.ask("export", one, "--out", team.home / "logs")
    logs = list((team.home / "logs").rglob("*.eval"))
    assert logs, list((team.home / "logs").rglob("*"))
    team.ask("import", *logs)
    team.ask("rescore", "latest", "--scorer", "includes")
    assert [len(team.stored(r["id"])) for r in team.runs()[:2]] == [ITEMS, ITEMS]
    return everything


def check_kill(team, everything):
    process = start(*team.words(team.slow.model, "killed"))
    run = team.wait_for(process, 10)
    finish(start(*team.words(team.slow.model, "busy", "--resume", run)), 3,
           ["being written by assay, process", str(process.pid), run])
    finish(start(*team.words(team.fast.model, "beside")))  # another run is nobody's hindrance
    process.kill()
    finish(process, -signal.SIGKILL)
    before = team.stored(run)
    assert before and before < everything, len(before)
    assert not [r for r in team.runs() if r["id"] == run][0]["finished"]
    finish(start(*team.words(team.slow.model, "killed", "--resume", run)))
    assert team.stored(run) == everything
    check_equal(team.home / "alone_slow", team.home / "killed", COST)


def check_ranks(team, everything):
    """Started in the order in which they must wait for each other; two jobs at the same time."""
    def launch(name, environments):
        return [start(*team.words(team.fast.model, name, *extra), env=env) for extra, env in environments]

    several = {"OMPI_COMM_WORLD_SIZE": "3", "OMPI_COMM_WORLD_LOCAL_SIZE": "2", "PMIX_NAMESPACE": "job-1"}
    by_hand = launch("hand", [(("--shard", f"{i}/3", "--job", "monday"), None) for i in (2, 1, 0)])
    machines = launch("machines", [((), {**several, "OMPI_COMM_WORLD_RANK": str(i)}) for i in (1, 2, 0)])
    for process in (*by_hand, *machines):
        finish(process)
    for name, run in zip(("hand", "machines"), team.runs()):
        assert team.stored(run["id"]) == everything
        check_equal(team.home / "alone", team.home / name)
    told = team.server.sql("SELECT count(*) FROM assay.ranks WHERE ended = 1 AND error = ''")
    assert told == "4", told
    finish(start(*team.words(team.fast.model, "file", store=team.home / "file.db"), env={**several,
                                                                                          "OMPI_COMM_WORLD_RANK": "0"}),
           2, ["several machines", "postgresql://"])
    # A rank that is killed is missed at once, and what it left is done on resumption.
    processes = [start(*team.words(team.slow.model, "lost", "--shard", f"{i}/3", "--job", "lost")) for i in range(3)]
    run = team.wait_for(processes[0], 20)
    processes[1].kill()
    finish(processes[1], -signal.SIGKILL)
    finish(processes[2])
    finish(processes[0], 3,
           [f"rank 1 of 3 (process {processes[1].pid} on ", "ended before its work was done", "--resume"])
    before = team.stored(run)
    assert before and before < everything
    finish(start(*team.words(team.slow.model, "lost", "--resume", run)))
    assert team.stored(run) == everything
    if shutil.which("mpirun") is None:
        print("postgres: no mpirun here, so ranks were started by hand only")
        return
    os.environ.update(OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
    done = subprocess.run(["mpirun", "--oversubscribe", "--bind-to", "none", "-n", "3", ASSAY,
                           *map(str, team.words(team.fast.model, "mpi"))], capture_output=True, text=True, timeout=300)
    SAID.append(done.stdout + done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr
    check_equal(team.home / "alone", team.home / "mpi")


def check_stopped_server(team, everything):
    process = start(*team.words(team.slow.model, "stopped"))
    run = team.wait_for(process, 10)
    team.server.stop()
    finish(process, 3, ["connection", "resume the run: what was finished is kept"])
    finish(start("runs", "--store", team.server.address()), 3, ["cannot be reached"])
    rank = start(*team.words(team.slow.model, "stopped", "--shard", "1/2"))
    finish(rank, 3, ["cannot be reached"])  # at once: waiting for rank 0 would bring nothing
    team.server.start()
    assert team.stored(run) < everything
    finish(start(*team.words(team.slow.model, "stopped", "--resume", run)))
    assert team.stored(run) == everything
    check_equal(team.home / "alone_slow", team.home / "stopped", COST)


def check_silent_server(team):
    """A host that takes the connection and never speaks."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"postgresql://assay:s3cr3t9c1f@127.0.0.1:{silent.getsockname()[1]}/team?connect_timeout=2"
        began = time.monotonic()
        finish(start("runs", "--store", address), 3, ["does not answer"])
        assert time.monotonic() - began < 8


def check_secrets(team):
    places = [*SAID, team.server.dump()]
    for file in team.home.rglob("*"):
        if file.is_file():
            places.append(file.read_bytes().decode("utf-8", "replace"))
    for place in places:
        for secret in (postgres_server.PASSWORD, postgres_server.ESCAPED, "s3cr3t9c1f"):
            assert secret not in place, place[max(0, place.find(secret) - 300):][:600]
    for folder in (team.home, pathlib.Path.cwd()):
        assert not list(folder.glob("postgres*:*")), "an address was taken for a path"


def main():
    if postgres_server.programs() is None:
        print("postgres: SKIPPED: no PostgreSQL server here; apt-get install postgresql")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        os.environ["XDG_DATA_HOME"] = str(home / "data")
        os.environ["XDG_CACHE_HOME"] = str(home / "cache")
        os.environ["TMPDIR"] = str(home)
        for name in [n for n in os.environ if n.startswith("PG")]:
            del os.environ[name]
        server = postgres_server.PostgresServer()
        try:
            team = Team(home, server)
            check_doctor(team)
            everything = check_at_once(team)
            check_kill(team, everything)
            check_ranks(team, everything)
            check_stopped_server(team, everything)
            check_silent_server(team)
            check_secrets(team)
            team.slow.close()
            team.fast.close()
        finally:
            server.close()
    print("postgres: all is well")
    return 0


sys.exit(main())
