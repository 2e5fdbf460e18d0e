"""llama-server of the same llama.cpp source, on a free port of loopback, for tests: see program()."""
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.request


def cache():
    return pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "assay"


def program():
    """$ASSAY_LLAMA_SERVER, or what `tools/build-llama.sh --server` built; None where there is none."""
    if os.environ.get("ASSAY_LLAMA_SERVER"):
        return pathlib.Path(os.environ["ASSAY_LLAMA_SERVER"])
    root = pathlib.Path(os.environ.get("ASSAY_LLAMA_ROOT") or cache() / "llama")
    return next((p for p in sorted(root.glob("*/bin/llama-server")) if p.is_file()), None)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class LlamaServer:
    """Keys and values are kept in f32, so that log-probabilities are those of the local engine."""

    def __init__(self, model, *, key="", slots=4, context=8192):
        self.port = free_port()
        self.words = [program(), "-m", model, "--host", "127.0.0.1", "--port", self.port, "-np", slots, "-c", context,
                      "-t", 2, "-ctk", "f32", "-ctv", "f32", "-fa", "off", "--no-webui"]
        self.environment = {**os.environ, **({"LLAMA_API_KEY": key} if key else {})}
        self.process = None

    @property
    def root(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.process = subprocess.Popen(list(map(str, self.words)), env=self.environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(1200):
            assert self.process.poll() is None, f"llama-server ended with status {self.process.returncode}"
            try:
                with urllib.request.urlopen(self.root + "/health", timeout=2):
                    return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError("llama-server did not load its model within two minutes")

    def kill(self, how=signal.SIGKILL):
        self.process.send_signal(how)
        self.process.wait()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill(signal.SIGTERM)
