"""An evidence log whose writer is killed 500 times, at random moments: it verifies, and nothing acknowledged is lost."""
import os
import random
import subprocess
import tempfile
import time

APPENDER = os.path.join(os.environ["ASSAY_BINARY_DIR"], "tests/log_appender")
ROUNDS = 500
ENTRIES = 6000  # a new log then: what is checked each time stays small


def main():
    rng = random.Random(1)
    logs = killed = 0
    acknowledged = ENTRIES + 1
    with tempfile.TemporaryDirectory() as home:
        for _ in range(ROUNDS):
            if acknowledged > ENTRIES:
                logs, acknowledged = logs + 1, 0
            folder = os.path.join(home, f"log{logs}")
            started = subprocess.Popen([APPENDER, folder, str(acknowledged)], stdout=subprocess.PIPE, text=True)
            first = started.stdout.readline()
            assert first == "open\n", f"log {logs}, {acknowledged} acknowledged: {first}{started.stdout.read()}"
            time.sleep(rng.random() * 0.02)
            started.kill()
            lines = started.stdout.read().splitlines()
            started.wait()
            killed += started.returncode == -9
            for line in lines:
                assert not line.startswith("FAILED"), line
            whole = [int(line) for line in lines if line.isdigit()]
            acknowledged = max([acknowledged, *whole[:-1]] + ([whole[-1]] if whole else []))
        assert killed == ROUNDS, killed
    print(f"{ROUNDS} kills over {logs} logs")


main()
