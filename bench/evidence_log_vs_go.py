"""The evidence log against the Go libraries of transparency-dev (merkle 0.0.2, tessera 1.0.4), on one log that Assay
writes: verification of a million entries, proofs from 10 million; and how many entries Assay appends a second. Needs Go.

    make bench, or: ninja -C build/release bench_evidence_log && python3 bench/evidence_log_vs_go.py [MILLIONS]
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build/release/bench/bench_evidence_log"


def main():
    millions = sys.argv[1] if len(sys.argv) > 1 else "10"
    if not shutil.which("go"):
        print("skipped: no Go here")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home)
        subprocess.run([PROGRAM, folder, millions], check=True, env=dict(os.environ, KEEP="1"))
        shutil.copytree(ROOT / "bench/peer/evidence_log", folder / "go")
        subprocess.run(["go", "build", "-mod=mod", "-o", folder / "peer", "."], cwd=folder / "go", check=True)
        logs = folder / "evidence-log-bench"
        subprocess.run([folder / "peer", logs / "100000", "1000000"], check=True, env=dict(os.environ, GOMAXPROCS="1"))
        size = str(int(float(millions) * 1e6))
        subprocess.run([folder / "peer", logs / "large", size], check=True, env=dict(os.environ, GOMAXPROCS="1"))


main()
