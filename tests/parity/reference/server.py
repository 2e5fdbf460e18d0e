"""llama.cpp's own llama-server, built beside the tree from the sources that the engine is built from."""
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

# Not the flags of the tests' build but its compiler options; only the tools that are wanted here.
FLAGS = ["-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_SHARED_LIBS=OFF", "-DLLAMA_BUILD_TOOLS=ON",
         "-DLLAMA_BUILD_SERVER=ON", "-DLLAMA_BUILD_EXAMPLES=OFF", "-DLLAMA_BUILD_TESTS=OFF",
         "-DLLAMA_BUILD_APP=OFF", "-DLLAMA_OPENSSL=OFF", "-DLLAMA_BUILD_COMMON=ON", "-DGGML_NATIVE=ON",
         "-DLLAMA_BUILD_UI=OFF", "-DLLAMA_BUILD_WEBUI=OFF"]

PROGRAMS = ["llama-server", "llama-batched-bench", "llama-quantize"]


def cache_folder():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(cache, "assay")


def tools_folder():
    """Builds the programs of PROGRAMS once; returns their folder."""
    if os.environ.get("ASSAY_LLAMA_TOOLS"):
        return os.environ["ASSAY_LLAMA_TOOLS"]
    root = os.environ.get("ASSAY_LLAMA_ROOT") or os.path.join(cache_folder(), "llama")
    sources = sorted(d for d in os.listdir(root) if d.startswith("src-"))
    if not sources:
        raise SystemExit("no llama.cpp sources in " + root + "; run `make deps` first")
    build = os.path.join(cache_folder(), "bench", "llama-tools-" + sources[-1][4:])
    programs = os.path.join(build, "bin")
    if not all(os.path.exists(os.path.join(programs, program)) for program in PROGRAMS):
        print("building", ", ".join(PROGRAMS), "in", build, flush=True)
        subprocess.run(["cmake", "-S", os.path.join(root, sources[-1]), "-B", build, *FLAGS], check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(["cmake", "--build", build, "--target", *PROGRAMS], check=True, stdout=subprocess.DEVNULL)
    return programs


# Leads, in nats, below which the order of a sum decides which of two tokens is first: quantised
# weights (their products are of rounded activations), and f32.
TIE, TIE_F32 = 0.05, 0.002


def clear_choices(tokens, tie):
    """How many tokens come before the first whose lead over the second choice is below `tie`; else None."""
    for i, token in enumerate(tokens):
        first, second = (entry["logprob"] for entry in token["top_logprobs"][:2])
        if first - second < tie:
            return i
    return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_health(process, url, name, seconds):
    """Returns when the server at `url` says that it is well; ends the script where it does not come up."""
    for _ in range(10 * seconds):
        try:
            with urllib.request.urlopen(url + "/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        if process.poll() is not None:
            break
        time.sleep(0.1)
    process.kill()
    raise SystemExit(name + " did not start")


class Server:
    """with Server(gguf) as server: server.raw(...); one slot, weights as stored. Default KV cache, or with
    exact=True one in f32 without flash attention, so that no sum is rounded to half precision."""

    def __init__(self, gguf, context=2048, tie=TIE, exact=False):
        self.tie = tie
        cache = ["-fa", "off", "-ctk", "f32", "-ctv", "f32"] if exact else []
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [os.path.join(tools_folder(), "llama-server"), "-m", gguf, "-c", str(context), "-np", "1", "-t", "1",
             "--host", "127.0.0.1", "--port", str(port), "--jinja", *cache],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        await_health(self.process, self.url, "llama-server", seconds=60)
        return self

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.wait()

    def post(self, path, body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=300) as answer:
            return json.load(answer)

    def raw(self, prompt, count):
        """Greedy text of up to `count` tokens, ended before the first choice that is nearly a tie; None
        where that is the first token."""
        out = self.post("/completion", {"prompt": prompt, "n_predict": count, "temperature": 0,
                                        "cache_prompt": False, "return_tokens": True, "n_probs": 2})
        clear = clear_choices(out["completion_probabilities"], self.tie) if self.tie > 0 else None
        if clear is not None:
            return self.raw(prompt, clear) if clear > 0 else None
        return {"max_tokens": count, "text": out["content"], "tokens": out["tokens"],
                "prompt_tokens": out["tokens_evaluated"],
                "finish": "length" if out["stop_type"] == "limit" else "stop"}

    def chat(self, messages, count):
        out = self.post("/v1/chat/completions", {"messages": messages, "max_tokens": count, "temperature": 0,
                                                 "cache_prompt": False, "logprobs": True, "top_logprobs": 2})
        choice = out["choices"][0]
        clear = clear_choices(choice["logprobs"]["content"], self.tie)
        if clear is not None:
            return self.chat(messages, clear) if clear > 0 else None
        return {"max_tokens": count, "text": choice["message"]["content"],
                "prompt_tokens": out["usage"]["prompt_tokens"], "finish": choice["finish_reason"]}

    def template(self, messages):
        return self.post("/apply-template", {"messages": messages})["prompt"]
