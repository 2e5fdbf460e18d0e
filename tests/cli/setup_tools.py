"""The set-up scripts: a pinned download that breaks, resumes, is damaged or is not there; packages that
cannot be installed; a llama.cpp that is built already."""
import hashlib
import http.server
import os
import pathlib
import subprocess
import tempfile
import threading

TOOLS = pathlib.Path(os.environ["ASSAY_SOURCE_DIR"]) / "tools"
BODY = bytes(i * 11 % 241 for i in range(200_000))
SHA256 = hashlib.sha256(BODY).hexdigest()


class Index(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        body, status, headers = b"nothing", 404, {}
        if self.path == "/simple/thing/":
            body, status = b'<a href="/files/thing-1.tar.gz#sha256=0">thing</a>', 200
        elif self.path == "/files/thing-1.tar.gz":
            first = int((self.headers.get("Range") or "bytes=0-")[6:].split("-")[0])
            body, status = BODY[first:], 206 if first else 200
            self.server.starts.append(first)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def fetch(index, destination, file="thing-1.tar.gz", sha256=SHA256):
    env = dict(os.environ, PIP_INDEX_URL=index, no_proxy="127.0.0.1")
    return subprocess.run([TOOLS / "fetch_pypi.py", "thing", file, sha256, destination], env=env,
                          capture_output=True, text=True, timeout=60)


def check_fetch(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Index)
    server.starts = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    index = f"http://user:hidden@127.0.0.1:{server.server_port}/simple"
    there = folder / "new/thing"

    done = fetch(index, there)
    assert done.returncode == 0 and there.read_bytes() == BODY, done
    assert "hidden" not in done.stdout + done.stderr, "a password was shown"
    done = fetch("http://127.0.0.1:1/simple", there)
    assert done.returncode == 0, "a file that is there needs no network"

    there.unlink()
    part = folder / "new/thing.part"
    part.write_bytes(BODY[:1234])
    assert fetch(index, there).returncode == 0 and there.read_bytes() == BODY
    assert server.starts[-1] == 1234, "it did not resume"

    there.unlink()
    part.write_bytes(b"other start")
    done = fetch(index, there)
    assert done.returncode == 1 and "damaged" in done.stderr and not there.exists() and not part.exists(), done
    done = fetch(index, there, file="thing-2.tar.gz")
    assert done.returncode == 1 and "thing-2.tar.gz" in done.stderr, done
    done = fetch("http://127.0.0.1:1/simple", there)
    assert done.returncode == 1 and "PIP_INDEX_URL" in done.stderr, done


def check_deps(folder):
    """A machine on which nothing is installed and nobody may install."""
    tools = folder / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "env", "sed", "grep"):
        (tools / name).symlink_to(f"/usr/bin/{name}")
    for name, script in {"id": "echo 1000", "dpkg-query": "exit 1", "apt-get": "echo installing; exit 1"}.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)
    done = subprocess.run(["/usr/bin/bash", TOOLS / "deps.sh", "build"], env={"PATH": str(tools)},
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "installing" not in done.stdout, done
    assert "not root" in done.stderr and "apt-get install" in done.stderr, done
    for package in ("libsodium-dev", "ninja-build", "bubblewrap"):
        assert package in done.stderr, done
    (tools / "apt-get").unlink()
    done = subprocess.run(["/usr/bin/bash", TOOLS / "deps.sh", "build"], env={"PATH": str(tools)},
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "no apt-get" in done.stderr, done


def check_llama(folder):
    env = dict(os.environ, PIP_INDEX_URL="http://127.0.0.1:1/simple", no_proxy="127.0.0.1")
    done = subprocess.run([TOOLS / "build-llama.sh"], env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0 and "built already" in done.stdout, done
    env["ASSAY_LLAMA_ROOT"] = str(folder / "llama")
    done = subprocess.run([TOOLS / "build-llama.sh"], env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode != 0 and "cannot reach" in done.stderr, done


def main():
    with tempfile.TemporaryDirectory() as folder:
        check_fetch(pathlib.Path(folder))
        check_deps(pathlib.Path(folder))
        check_llama(pathlib.Path(folder))


if __name__ == "__main__":
    main()
