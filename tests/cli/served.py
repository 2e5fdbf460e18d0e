"""Served models: a real llama-server on loopback, and between it and assay a proxy that spoils replies.

What a server says is the local engine's answer; what it does not say, or says wrongly, is unassessed and can be
asked again; the key to it is nowhere but on the wire."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.environ["ASSAY_SOURCE_DIR"], "tests/support"))
import faulty_proxy  # noqa: E402  (found by the line above)
import llama_server  # noqa: E402

ASSAY = os.environ["ASSAY"]
SMOLLM2 = llama_server.cache() / "models/SmolLM2-135M-Instruct.Q4_1.gguf"
KEY = "sk-assay-test-4f0c2b9d7e61"
WORDS = ["sun", "moon", "river", "stone", "planet", "apple"]
ASSESSED = {"success", "failure"}


def assay(*words, status=0, says=(), key=KEY):
    environment = {k: v for k, v in os.environ.items() if k != "OPENAI_API_KEY"}
    if key:
        environment["OPENAI_API_KEY"] = key
    began = time.monotonic()
    done = subprocess.run([ASSAY, *map(str, words)], capture_output=True, text=True, timeout=300, env=environment)
    took = time.monotonic() - began
    told = f"{' '.join(map(str, words))}: {done.returncode} after {took:.1f} s\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    assert done.returncode == status, told
    assert "internal error" not in done.stderr, told
    assert KEY not in done.stdout + done.stderr, "the key was shown"
    for piece in says:
        assert piece in done.stdout + done.stderr, f"no {piece!r} in {told}"
    return done


class Place:
    """A folder with a task of our own, a store, and a report."""

    def __init__(self, home, items=None):
        self.home = home
        home.mkdir()
        rows = items or [{"q": f"Repeat this word and nothing else: {word}", "a": word} for word in WORDS]
        (home / "items.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        mapping = {"task": "repeat", "data": "items.jsonl", "prompt": "{{q}}", "target": "a", "score": "contains",
                   "ignore_case": True}
        (home / "task.json").write_text(json.dumps(mapping))
        self.store = home / "runs.db"

    def run(self, url, *words, arguments=(), status=0, says=(), key=KEY):
        arguments = [word for argument in arguments for word in ("--model-arg", argument)]
        return assay("assess", f"openai:smollm2@{url}", "--task-file", self.home / "task.json", "--tasks", "repeat",
                     "--lang", "en", "--store", self.store, "--out", self.home / "report", *arguments, *words,
                     status=status, says=says, key=key)

    def samples(self):
        """Verdicts by number of the item."""
        done = assay("show", "latest", "--samples", "--limit", 100000, "--store", self.store, "--json")
        return {s["sample"]: s for s in json.loads(done.stdout)}

    def verdicts(self):
        return [s["verdict"] for s in self.samples().values()]

    def report(self):
        return json.loads((self.home / "report/report.json").read_text())


def check_info(server):
    told = json.loads(assay("model", "info", f"openai:smollm2@{server.root}/v1", "--json").stdout)
    assert told["parameters"] > 130e6 and told["vocabulary"] == 49152, told
    assert told["can"] == {"chat": True, "logprobs": True} and told["served_at"] == f"{server.root}/v1", told
    assay("model", "info", f"openai:smollm2@{server.root}/v1", says=["llama-server", "134.5 million", "49152 tokens"])
    plain = json.loads(assay("model", "info", f"openai:smollm2@{server.root}/v1", "--model-arg", "logprobs=off",
                             "--json").stdout)
    assert not plain["can"]["logprobs"] and plain["arguments"] == ["logprobs=off"], plain
    assay("model", "info", "openai:m@http://127.0.0.1:1/v1", status=3, says=["127.0.0.1:1"])
    assay("model", "info", SMOLLM2, "--model-arg", "api=chat", status=2, says=["--model-arg"])


def check_assess(home, server):
    """A whole small assessment over the chat endpoint; streaming changes nothing."""
    words = ("--profile", "quick", "--tasks", "language_floor,arithmetic", "--limit", 4, "--lang", "en")
    results = []
    for how in ("stream=0", "stream=1"):
        assay("assess", f"openai:smollm2@{server.root}/v1", *words, "--model-arg", how, "--store", home / "assess.db",
              "--out", home / how)
        report = json.loads((home / how / "report.json").read_text())
        assert report["run"]["finished"], report["run"]
        assert f"{server.root}/v1" in (home / how / "report.md").read_text(), "the report names the server"
        results.append([[r["key"], r["status"], r["done"], r["planned"]] for r in report["results"]
                        if r["task"] in words[3].split(",")])
    assert results[0] == results[1] and results[0], results
    assert any(done == planned > 0 for _, _, done, planned in results[0]), results


def scores(place, model, *words):
    assay("assess", model, "--task-file", place.home / "choice.json", "--tasks", "choice", "--lang", "en", "--store",
          place.store, "--out", place.home / "report", *words)
    out = {}
    for name in place.samples():
        done = assay("show", "latest", f"choice/en/{name}", "--store", place.store, "--json")
        out[name] = json.loads(done.stdout)[0]["record"]["trace"]["scores"]
    return out


def check_loglikelihood(home, server):
    """Through llama-server they are the local engine's, also for tokens that end within a character, up to the rounding
    of Q4_1."""
    place = Place(home / "choice")
    rows = [{"q": "The capital of France is", "a": " Paris", "b": " a banana"},
            {"q": "天空的颜色是", "a": "蓝色", "b": "绿色的🐘"},
            {"q": "一年有几个月？", "a": "十二个月。", "b": "七"}]
    (place.home / "rows.jsonl").write_text("".join(json.dumps({**row, "t": 0}) + "\n" for row in rows))
    (place.home / "choice.json").write_text(json.dumps(
        {"task": "choice", "data": "rows.jsonl", "prompt": "{{q}}", "choices": ["a", "b"], "target": "t"}))
    here = scores(place, SMOLLM2, "--dtype", "as-stored")
    there = scores(place, f"openai:smollm2@{server.root}/v1")
    assert here.keys() == there.keys() and len(here) == 3, (here.keys(), there.keys())
    largest, total, tokens = 0.0, 0.0, 0
    for name, local in here.items():
        assert len(local) == len(there[name]) == 2, (local, there[name])
        for one, other in zip(local, there[name]):
            assert one["tokens"] == other["tokens"], (name, one, other)
            tokens += len(one["tokens"])
            for a, b in zip(one["token_logprobs"], other["token_logprobs"], strict=True):
                largest, total = max(largest, abs(a - b)), total + abs(a - b)
    # The weights have 4 bits, and the two programs round their inputs differently; with weights in f32 a unit test
    # finds no difference above 0.005.
    assert tokens > 20 and largest < 1.5 and total / tokens < 0.3, (tokens, largest, total / tokens)
    print(f"served: {tokens} log-probabilities, from the local engine's {total / tokens:.2g} nats on average, "
          f"{largest:.2g} at most")


def check_one_fault(home, server):
    """One request is spoiled, in every way: its sample is unassessed, the others have their verdicts."""
    with faulty_proxy.Proxy(server.root) as proxy:
        proxy.only = b"planet"
        for mode in faulty_proxy.MODES:
            if mode in ("none", "mixed", "busy", "refused"):
                continue
            proxy.mode = mode
            place = Place(home / mode)
            slow = mode in ("endless", "drip", "silent")  # ended by a time-out, which others may meet where it is busy
            place.run(proxy.url(), arguments=["timeout=10", "in_flight=1", "max_retries=0"] if slow else
                      ["max_retries=1"])
            samples = place.samples()
            assert len(samples) == len(WORDS), (mode, samples)
            assessed = {name for name, s in samples.items() if s["verdict"] in ASSESSED}
            spoiled = str(WORDS.index("planet"))
            assert spoiled not in assessed and assessed and (slow or len(assessed) == len(WORDS) - 1), (mode, samples)
            assert place.report()["run"]["finished"], mode
        proxy.mode, proxy.asked = "busy", 0  # two of three are sent away, and come back when they were asked to
        place = Place(home / "busy")
        began = time.monotonic()
        place.run(proxy.url())
        assert set(place.verdicts()) <= ASSESSED and time.monotonic() - began > 1.0, place.verdicts()
        proxy.only, proxy.mode = b"", "mixed"  # now and then one: all are answered in the end
        place = Place(home / "mixed")
        place.run(proxy.url())
        assert len(place.verdicts()) == len(WORDS) and set(place.verdicts()) <= ASSESSED, place.verdicts()


def check_all_faults(home, server):
    """All requests are spoiled: no verdict, no hang, and when the server is well again the run goes on."""
    with faulty_proxy.Proxy(server.root) as proxy:
        for mode in ("html", "half", "choices", "silent", "reset", "refused"):
            proxy.mode = mode
            place = Place(home / f"all-{mode}")
            short = ["timeout=2"] if mode == "silent" else []
            place.run(proxy.url(), arguments=["max_retries=0", "give_up_after=3", *short], status=3,
                      says=["--resume"])
            assert not ASSESSED & set(place.verdicts()), (mode, place.verdicts())
            proxy.mode = "none"
            place.run(proxy.url(), "--resume", "latest")
            assert len(place.verdicts()) == len(WORDS) and set(place.verdicts()) <= ASSESSED, (mode, place.verdicts())


def check_killed_server(home, server):
    """The server is killed in the middle: what was answered is kept, the rest is asked when it is there again."""
    items = [{"q": f"Repeat this word and nothing else: word{i}", "a": f"word{i}"} for i in range(24)]
    place = Place(home / "killed", items)
    with faulty_proxy.Proxy(server.root) as proxy:
        environment = {**os.environ, "OPENAI_API_KEY": KEY}
        process = subprocess.Popen(
            [ASSAY, "assess", f"openai:smollm2@{proxy.url()}", "--task-file", place.home / "task.json", "--tasks",
             "repeat", "--lang", "en", "--store", place.store, "--out", place.home / "report", "--model-arg",
             "in_flight=2", "--model-arg", "max_retries=1", "--model-arg", "give_up_after=3"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        while proxy.asked < 8:
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        server.kill()
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 3 and "--resume" in errors, (process.returncode, errors)
        kept = place.samples()
        assert 0 < len(kept) < 24 and {s["verdict"] for s in kept.values()} <= ASSESSED, kept
        server.start()
        before = proxy.asked
        place.run(proxy.url(), "--resume", "latest")
        assert proxy.asked - before == 24 - len(kept), "what was answered is not asked again"
    samples = place.samples()
    assert len(samples) == 24 and {s["verdict"] for s in samples.values()} <= ASSESSED, samples
    assert all(samples[name] == sample for name, sample in kept.items()), "what was measured has changed"


def check_limits(home, server):
    for name, limits, says in (("tokens", ["max_tokens=60"], "max_tokens"),
                               ("cost", ["max_cost=0.0001", "price_in=1", "price_out=2"], "max_cost"),
                               ("seconds", ["max_seconds=0"], "max_seconds")):
        place = Place(home / f"limit-{name}")
        place.run(f"{server.root}/v1", arguments=["in_flight=1", *limits], status=3, says=[says, "--resume"])
        assert len(place.verdicts()) < len(WORDS), (name, place.verdicts())
        place.run(f"{server.root}/v1", "--resume", "latest")
        assert len(place.verdicts()) == len(WORDS) and set(place.verdicts()) <= ASSESSED, (name, place.verdicts())


def check_cache(home, server):
    with faulty_proxy.Proxy(server.root) as proxy:
        seen = []
        for turn in ("first", "second"):
            place = Place(home / f"cache-{turn}")
            before = proxy.asked
            place.run(proxy.url(), arguments=[f"cache={home / 'replies'}", "logprobs=off"])
            seen.append((proxy.asked - before, place.verdicts()))
    assert seen[0][0] == len(WORDS) and seen[1][0] == 0, f"requests with an empty and a full cache: {seen}"
    assert seen[0][1] == seen[1][1], seen
    kept = list((home / "replies").rglob("*.json"))
    assert len(kept) == len(WORDS), kept
    for file in kept:
        json.loads(file.read_text())


def check_batch(home, server):
    """Requests go out as a file, are answered by the real server, and come back."""
    direct = Place(home / "direct")
    direct.run(f"{server.root}/v1")
    place, out, back = Place(home / "batch"), home / "out.jsonl", home / "back.jsonl"
    nowhere = "http://127.0.0.1:1/v1"
    place.run(nowhere, arguments=[f"batch_out={out}"], status=3, says=["were written", "batch_in"])
    assert place.verdicts() == [], "nothing is judged before it is answered"
    requests = [json.loads(line) for line in out.read_text().splitlines()]
    assert len(requests) == len(WORDS) and len({r["custom_id"] for r in requests}) == len(WORDS), requests
    with back.open("w") as results:
        for number, request in enumerate(requests):
            assert request["method"] == "POST" and request["url"] == "/v1/chat/completions", request
            asked = urllib.request.Request(server.root + request["url"], json.dumps(request["body"]).encode(),
                                           {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"})
            with urllib.request.urlopen(asked) as reply:
                response = {"status_code": reply.status, "body": json.load(reply)}
            if number == 0:
                response = {"status_code": 500, "body": {"error": {"message": "out of luck"}}}
            results.write(json.dumps({"custom_id": request["custom_id"], "response": response}) + "\n")
    place.run(nowhere, "--resume", "latest", arguments=[f"batch_in={back}"])
    samples = place.samples()
    spoiled = [name for name, s in samples.items() if s["verdict"] == "unassessed"]
    assert len(samples) == len(WORDS) and len(spoiled) == 1, samples
    for name, sample in direct.samples().items():
        assert name in spoiled or samples[name]["verdict"] == sample["verdict"], (name, sample, samples[name])
    place.run(nowhere, arguments=[f"batch_out={out}"], status=2, says=["there already"])


def check_key(home, server):
    """The server asks for a key: from the environment or a file it works, and it is written nowhere."""
    url = f"{server.root}/v1"
    place = Place(home / "key")
    place.run(url, status=3, says=["OPENAI_API_KEY", "key_file"], key="")
    place.run(url, status=3, says=["401"], key="sk-wrong-key-000000")
    assert "sk-wrong-key" not in "".join(f.read_text() for f in home.glob("key/report/*")), "in the report"
    (home / "key.txt").write_text(KEY + "\n")
    place.run(url, arguments=[f"key_file={home / 'key.txt'}"], key="")
    os.environ["ASSAY_TEST_SERVER_KEY"] = KEY
    place.run(url, arguments=["key_env=ASSAY_TEST_SERVER_KEY"], key="")
    place.run(url, arguments=[f"api_key={KEY[:9]}"], status=2, says=["OPENAI_API_KEY"])
    with faulty_proxy.Proxy(server.root, "refused") as proxy:  # a server that repeats the key
        place.run(proxy.url(), status=3, says=["401", "[key]"])
    (home / "key.txt").unlink()
    del os.environ["ASSAY_TEST_SERVER_KEY"]


def check_nothing_holds_the_key(home):
    """After all of the above: neither stores nor reports, logs, caches or batches."""
    looked = 0
    for file in home.rglob("*"):
        if file.is_file():
            looked += 1
            assert KEY.encode() not in file.read_bytes(), f"the key stands in {file}"
    assert looked > 50, looked


def main():
    if llama_server.program() is None:
        print("served: SKIPPED: no llama-server; run `tools/build-llama.sh --server`, or name one in ASSAY_LLAMA_SERVER")
        return 77
    if not SMOLLM2.exists():
        print("served: SKIPPED: no SmolLM2 here; run `assay model fetch smollm2`")
        return 77
    with tempfile.TemporaryDirectory() as folder, llama_server.LlamaServer(SMOLLM2, key=KEY) as server:
        home = pathlib.Path(folder)
        os.environ["XDG_DATA_HOME"] = str(home / "data")
        chosen = sys.argv[1:]
        for check in (check_info, check_key, check_assess, check_loglikelihood, check_limits, check_cache, check_batch,
                      check_one_fault, check_all_faults, check_killed_server):
            name = check.__name__.removeprefix("check_")
            if chosen and name not in chosen:
                continue
            began = time.monotonic()
            check(*((server,) if check is check_info else (home, server)))
            print(f"served: {name} in {time.monotonic() - began:.1f} s", flush=True)
        if not chosen:
            check_nothing_holds_the_key(home)
    print("served: all is well")
    return 0


sys.exit(main())
