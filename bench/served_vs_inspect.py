#!/usr/bin/env python3
"""Chats with a served model: Assay against inspect_ai 0.3.285, on the same stub that answers after 50 ms.

    served_vs_inspect.py [--requests 2000] [--in-flight 200] [--repeats 3]

The stub is compiled (tests/support/stub_server.cpp), so that it is the limit of neither; its own processor
time stands in the table. Four things are measured, in turn, each from its own start:
  client    the requests alone (bench_served): against the ideal of REQUESTS / IN_FLIGHT * 50 ms
  adaptive  the same, with the number in flight found by Assay itself
  assess    the whole program `assay assess`, from its start to the written report
  inspect   inspect_ai's eval(), without the start of Python, and the whole process
Medians of the repeats. Run it on a quiet machine.
"""
import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import peer

INSPECT = "inspect-ai==0.3.285"
DELAY_MS = 50


def inspect_python():
    """The interpreter of a virtual environment with inspect_ai in it, made on first use."""
    home = peer.cache("bench", "inspect")
    python = os.path.join(home, "bin", "python")
    check = [python, "-c", "import inspect_ai, openai"]
    if not os.path.exists(python) or subprocess.run(check, stderr=subprocess.DEVNULL).returncode != 0:
        print("installing", INSPECT, "in", home, flush=True)
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", INSPECT, "openai"], check=True)
    return python


class Stub:
    def __enter__(self):
        self.process = subprocess.Popen([peer.built("tests", "stub_server"), str(DELAY_MS)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{self.process.stdout.readline().strip()}/v1"
        return self

    def processor_seconds(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __exit__(self, *_):
        self.process.communicate()


def timed(command, **options):
    """Wall and processor seconds of a whole process, and the last line that it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, **options)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed with status {done.returncode}: {done.stderr[-2000:]}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, used, (done.stdout.strip().splitlines() or [""])[-1]


def client(url, in_flight, requests):
    _, _, last = timed([peer.built("bench", "bench_served"), url, str(in_flight), str(requests)])
    told = json.loads(last)
    return {"seconds": told["seconds"], "used": told["processor_seconds"]}


def assess(url, in_flight, folder, requests):
    words = [peer.built("src", "assay"), "assess", f"openai:stub@{url}", "--task-file",
             os.path.join(folder, "task.json"), "--tasks", "count", "--lang", "en", "--profile", "full", "--limit",
             str(requests), "--store", os.path.join(folder, f"{time.monotonic_ns()}.db"), "--out",
             os.path.join(folder, "report"), "--model-arg", f"in_flight={in_flight}", "--quiet"]
    seconds, used, _ = timed(words)
    with open(os.path.join(folder, "report", "report.json"), encoding="utf-8") as file:
        report = json.load(file)
    done = sum(r["done"] for r in report["results"] if r["task"] == "count")
    assert done == requests, f"{done} of {requests} samples"
    return {"seconds": seconds, "used": used}


def inspect(url, in_flight, items, requests):
    worker = os.path.join(peer.ROOT, "bench", "peer", "inspect_worker.py")
    seconds, used, last = timed([inspect_python(), worker, url, str(in_flight), items])
    told = json.loads(last)
    assert told["scored"] == requests, told
    return {"seconds": told["seconds"], "used": used, "process": seconds}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--requests", type=int, default=2000)
    options.add_argument("--in-flight", type=int, default=200)
    options.add_argument("--repeats", type=int, default=3)
    given = options.parse_args()
    inspect_python()
    print(peer.machine(), flush=True)
    runs = {"client": [], "adaptive": [], "assess": [], "inspect": []}
    with tempfile.TemporaryDirectory() as folder:
        items = os.path.join(folder, "items.jsonl")
        peer.write_lines(items, [{"q": f"Question {i}: count to three.", "a": "3"} for i in range(given.requests)])
        with open(os.path.join(folder, "task.json"), "w", encoding="utf-8") as file:
            json.dump({"task": "count", "data": "items.jsonl", "prompt": "q", "target": "a", "score": "contains"}, file)
        for _ in range(given.repeats):
            for name, run in (("client", lambda url: client(url, given.in_flight, given.requests)),
                              ("adaptive", lambda url: client(url, 0, given.requests)),
                              ("assess", lambda url: assess(url, given.in_flight, folder, given.requests)),
                              ("inspect", lambda url: inspect(url, given.in_flight, items, given.requests))):
                with Stub() as stub:
                    told = run(stub.url)
                    told["stub"] = stub.processor_seconds()
                    runs[name].append(told)
    ideal = given.requests / given.in_flight * DELAY_MS / 1000
    rows = []
    slowest = peer.median([r["seconds"] for r in runs["inspect"]])
    for name, told in runs.items():
        seconds, used, stub = (peer.median([r[key] for r in told]) for key in ("seconds", "used", "stub"))
        rows.append([name, f"{seconds:.3f}", f"{given.requests / seconds:.0f}", f"{ideal / seconds:.0%}",
                     f"{used:.2f}", f"{used / seconds:.2f}", f"{stub:.2f}", f"{slowest / seconds:.1f}"])
    print(f"ideal: {ideal:.3f} s for {given.requests} requests, {given.in_flight} in flight, {DELAY_MS} ms each\n")
    peer.table(["what", "seconds", "samples/s", "of the ideal", "processor s", "cores", "stub's processor s",
                "times inspect"], rows)
    whole = peer.median([r["process"] for r in runs["inspect"]])
    print(f"inspect_ai's whole process: {whole:.1f} s")


main()
