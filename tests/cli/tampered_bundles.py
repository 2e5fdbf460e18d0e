"""Over 200 bundles that were tampered with: `assay verify` and tools/verify_bundle.py refuse each. Those that a stranger
signed anew, with everything consistent, are refused by the owner's key; and, without it, by what does not follow from the
samples. `alone` names those which only Assay can see through, since they need the tasks' code."""
import base64
import copy
import hashlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

try:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
except ImportError:
    print("skipped: the independent verifier needs the Python package cryptography (python3-cryptography)")
    sys.exit(77)

sys.path.insert(0, os.path.join(os.environ["ASSAY_SOURCE_DIR"], "tools"))
import verify_bundle as independent  # noqa: E402  (found by the line above)

ASSAY = os.environ["ASSAY"]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
SMOLLM2 = CACHE / "assay/models/SmolLM2-135M-Instruct.Q4_1.gguf"


def dump(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def framed(entries):
    return b"".join(len(e).to_bytes(2, "big") + e for e in entries)


def read(path):
    with zipfile.ZipFile(path) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def with_manifest(files):
    """The manifest's digests put right, as anybody can; the note that signs it stays."""
    manifest = json.loads(files["bundle.json"])
    manifest["files"] = [{"name": n, "bytes": len(files[n]), "digest": digest(files[n])}
                         for n in sorted(files) if n not in ("bundle.json", "bundle.note")]
    files["bundle.json"] = (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()
    return files


class Content:
    """A bundle taken apart, to be changed and put together again by somebody with a key of their own."""

    def __init__(self, files):
        self.files = dict(files)
        self.run = json.loads(files["run.json"])
        self.log = [json.loads(e) for e in independent.entries_of(files["log/entries"])]
        self.entries = [json.loads(e) for e in independent.entries_of(files["run/entries"])]
        self.outcomes = [json.loads(line) for line in files["outcomes.jsonl"].splitlines()]
        self.report = json.loads(files["report.json"])
        self.records = {n: [json.loads(line) for line in b.splitlines()] for n, b in files.items()
                        if n.startswith("records/")}
        self.key = Ed25519PrivateKey.from_private_bytes(b"\x42" * 32)

    def outcome(self, unit):
        return next(o for o in self.outcomes if f"{o['task']}/{o['lang']}" == unit)

    def entry(self, unit, sample):
        return next(e for e in self.entries if e["type"] == "sample" and f"{e['task']}/{e['lang']}" == unit
                    and e["sample"] == sample)

    def line(self, unit, sample):
        return next(r for r in self.records["records/" + unit.replace("/", ".") + ".jsonl"] if r["sample"] == sample)

    def vkey(self, name):
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return f"{name}+{independent.key_id(name, 1, public).hex()}+" + base64.b64encode(b"\x01" + public).decode()

    def note(self, name, text):
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        signature = independent.key_id(name, 1, public) + self.key.sign(text.encode())
        return f"{text}\n\u2014 {name} {base64.b64encode(signature).decode()}\n".encode()

    def checkpoint(self, origin, entries):
        root = independent.roots_at(entries, [len(entries)])[len(entries)]
        return self.note(origin, f"{origin}\n{len(entries)}\n{base64.b64encode(root).decode()}\n")

    def resigned(self):
        """All digests, logs, checkpoints and signatures made anew."""
        files, origin = dict(self.files), json.loads(self.files["bundle.json"])["origin"]
        for name in ("attestation.dsse.json", "mlbom.cdx.json", "assessment.oscal.json"):
            del files[name]  # made of the report; a bundle may lack them
        old = independent.lines_of(self.files["keys.txt"])[0].decode()
        for name in ("report.json", "report.md", "report.zh.md", "report.html"):
            files[name] = files[name].replace(old.encode(), self.vkey(origin).encode())
        report = json.loads(dump(self.report).replace(old, self.vkey(origin)))
        if report != json.loads(files["report.json"]):
            files["report.json"] = (json.dumps(report, indent=1, ensure_ascii=False) + "\n").encode()
        for name, lines in self.records.items():
            files[name] = "".join(dump(line) + "\n" for line in lines).encode()
            task, lang = name[8:-6].rsplit(".", 1)
            for line in lines:
                for e in self.entries:
                    if e["type"] == "sample" and (e["task"], e["lang"], e["sample"], e["epoch"]) == \
                            (task, lang, line["sample"], line["epoch"]):
                        e["record"] = digest(bytes.fromhex(line["salt"]) + line["record"].encode())
        lines = {f"{o['task']}/{o['lang']}": dump(o) for o in self.outcomes}
        files["outcomes.jsonl"] = "".join(line + "\n" for line in lines.values()).encode()
        figures = {f"{o['task']}/{o['lang']}/{f['id']}": f["estimate"] for o in self.outcomes for f in o["figures"]}
        claims = [c for t in report["topics"] for c in t["claims"]]
        last = max(i for i, e in enumerate(self.entries) if e["type"] == "report")
        entries = [e for e in self.entries[:last + 1]] + [dict(type="claim", **c) for c in claims]
        for e in entries:
            unit = f"{e.get('task')}/{e.get('lang')}"
            if e["type"] == "outcome":
                e["content"] = digest(lines[unit])
            elif e["type"] == "estimate":
                e["inputs"] = digest(lines[unit])
                e["estimate"] = figures.get(f"{unit}/{e['figure']}", e["estimate"])
            elif e["type"] == "begin":
                e["content"] = digest(dump(self.run))
        entries[last]["content"] = digest(files["report.json"])
        files["run.json"] = (dump(self.run) + "\n").encode()
        raw = [dump(e).encode() for e in entries]
        files["run/entries"] = framed(raw)
        files["run/checkpoint"] = self.checkpoint(f"{origin}/runs/{self.run['run']}", raw)
        log = copy.deepcopy(self.log)
        states = [e for e in log if e["type"] == "state" and e["run"] == self.run["run"]]
        for e in log:
            if e["type"] == "begin" and e["run"] == self.run["run"]:
                e["content"] = digest(dump(self.run))
        roots = independent.roots_at(raw, range(len(raw) + 1))
        for e in states:
            e["size"] = len(raw) if e is states[-1] else min(e["size"], len(raw))
            e["root"] = base64.b64encode(roots[e["size"]]).decode()
        raw_log = [dump(e).encode() for e in log]
        files["log/entries"] = framed(raw_log)
        files["log/checkpoint"] = self.checkpoint(origin, raw_log)
        files["keys.txt"] = f"{self.vkey(origin)}\n{self.vkey(origin + '/runs/' + self.run['run'])}\n".encode()
        files["run.tlog-proof"] = self.receipt(raw_log, log.index(states[-1]), files["log/checkpoint"])
        with_manifest(files)
        files["bundle.note"] = self.note(origin, f"assay.bundle/1\n{self.run['run']}\n{digest(files['bundle.json'])}\n")
        return files

    @staticmethod
    def receipt(entries, index, checkpoint):
        def root(part):
            return independent.roots_at(part, [len(part)])[len(part)]

        def path(i, part):
            if len(part) == 1:
                return []
            half = 1 << (len(part) - 1).bit_length() - 1
            return path(i, part[:half]) + [root(part[half:])] if i < half else path(i - half, part[half:]) + [root(part[:half])]

        lines = ["c2sp.org/tlog-proof@v1", f"index {index}"] + [base64.b64encode(h).decode() for h in path(index, entries)]
        return ("\n".join(lines) + "\n\n").encode() + checkpoint


def flipped(data, rng):
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1:]


def raw_changes(files, rng):
    """Every file removed, cut, flipped, swapped for another; with the manifest as it was, and put right."""
    names = sorted(files)
    for name in names:
        changes = {"removed": None, "cut": files[name][:len(files[name]) // 2], "flipped": flipped(files[name], rng),
                   "more": files[name] + b"\n", "another": files[names[(names.index(name) + 1) % len(names)]]}
        for what, data in changes.items():
            changed = dict(files)
            if data is None:
                del changed[name]
            else:
                changed[name] = data
            yield f"{name} {what}", changed
            if name not in ("bundle.json", "bundle.note") and what in ("removed", "flipped"):
                yield f"{name} {what}, manifest put right", with_manifest(dict(changed))
    yield "a file more", {**files, "more.txt": b"text"}


def edited(files, name, change):
    """JSON lines, or one document, changed; the manifest put right."""
    out = dict(files)
    if name.endswith(".jsonl"):
        lines = [json.loads(line) for line in out[name].splitlines()]
        change(lines)
        out[name] = "".join(dump(line) + "\n" for line in lines).encode()
    elif name.endswith("entries"):
        entries = [json.loads(e) for e in independent.entries_of(out[name])]
        change(entries)
        out[name] = framed([dump(e).encode() for e in entries])
    else:
        document = json.loads(out[name])
        change(document)
        indent = 1 if name == "report.json" else None
        out[name] = (json.dumps(document, indent=indent, separators=None if indent else (",", ":"), ensure_ascii=False)
                     + "\n").encode()
    return with_manifest(out)


def field_changes(files, records):
    def each(name, items, pick=lambda d: d):
        for what, change in items.items():
            yield f"{name}: {what}", edited(files, name, lambda d, change=change: change(pick(d)))

    yield from each("run.json", {
        "model": lambda d: d.update(model_digest="0" * 64), "seed": lambda d: d["config"].update(seed=77),
        "profile": lambda d: d.update(profile="full"), "created": lambda d: d.update(created="2020-01-01T00:00:00Z"),
        "config digest": lambda d: d.update(config_digest="0" * 64), "versions": lambda d: d["header"].update(versions={}),
        "machine": lambda d: d["header"].update(machine={}), "run": lambda d: d.update(run="0123456789")})
    yield from each("outcomes.jsonl", {
        "success": lambda o: o.update(success=o["success"] + 1), "failure": lambda o: o.update(failure=o["failure"] + 1),
        "unassessed": lambda o: o.update(unassessed=99), "planned": lambda o: o.update(planned=1),
        "status": lambda o: o.update(status="partly"), "figure dropped": lambda o: o["figures"].pop(),
        "value": lambda o: o["figures"][0]["estimate"].update(value=0.123),
        "interval": lambda o: o["figures"][0]["estimate"]["interval"].update(low=0.0),
        "n": lambda o: o["figures"][0]["estimate"].update(n=1000),
        "method": lambda o: o["figures"][0]["estimate"].update(method="wilson"),
        "level": lambda o: o["figures"][0]["estimate"].update(level=0.5),
        "direction": lambda o: o["figures"][0].update(direction="neutral"),
        "label": lambda o: o["figures"][0]["label"].update(en="x"), "note": lambda o: o["figures"][0]["note"].update(en="x"),
        "ledger": lambda o: o["ledger"].update(seconds=0.0), "task": lambda o: o.update(task="other")}, lambda d: d[1])
    yield from each("outcomes.jsonl", {"reordered": lambda d: d.reverse(), "twice": lambda d: d.append(d[0]),
                                       "one less": lambda d: d.pop()})
    yield from each(records, {
        "salt": lambda r: r.update(salt="00" * 32), "sample": lambda r: r.update(sample="en-9999"),
        "epoch": lambda r: r.update(epoch=1), "verdict": lambda r: r.update(record=r["record"].replace("failure", "success")
                                                                            + " "),
        "record": lambda r: r.update(record="{}"), "no record": lambda r: r.pop("record")}, lambda d: d[0])
    yield from each(records, {"one less": lambda d: d.pop(), "twice": lambda d: d.append(d[0]),
                              "two swapped": lambda d: d[0].update(record=d[1]["record"]),
                              "names swapped": lambda d: (d[0].update(sample=d[1]["sample"]),
                                                          d[1].update(sample="en-0000"))})
    yield from each("report.json", {
        "figure": lambda d: d["results"][0]["figures"][0]["estimate"].update(value=0.5),
        "claim": lambda d: d["topics"][0]["claims"][0]["text"].update(en="Safe."),
        "title": lambda d: d["title"].update(en="x"), "run": lambda d: d["run"].update(seed=9),
        "model": lambda d: d["model"].update(name="other"), "result dropped": lambda d: d["results"].pop(),
        "tone": lambda d: d["topics"][0]["claims"][0].update(tone="good"),
        "ledger": lambda d: d["ledger"]["total"].update(joules=0.0), "methods": lambda d: d["methods"].pop(0)})
    for log in ("log/entries", "run/entries"):
        yield from each(log, {"reordered": lambda d: d.insert(1, d.pop()), "one less": lambda d: d.pop(),
                              "first gone": lambda d: d.pop(0), "one more": lambda d: d.append({"type": "claim"}),
                              "twice": lambda d: d.append(d[-1]), "created": lambda d: d[0].update(created="2020")})
    kinds = {"sample": {"verdict": "success", "record": digest("x"), "value": 5.0, "group": "x", "cluster": "x"},
             "outcome": {"content": digest("x"), "success": 1000}, "report": {"content": digest("x")},
             "estimate": {"inputs": digest("x"), "function": "x", "basis": None},
             "claim": {"text": {"en": "x", "zh": "x"}}, "end": {"samples": 1}}
    for kind, fields in kinds.items():
        for field, value in fields.items():
            def change(d, kind=kind, field=field, value=value):
                entry = next(e for e in d if e["type"] == kind and e.get(field) != value)
                entry[field] = value
            yield f"run/entries: {kind}.{field}", edited(files, "run/entries", change)


def other_signatures(files, other):
    """Parts of another bundle of the same owner; checkpoints of another size."""
    for name in ("bundle.note", "log/checkpoint", "run/checkpoint", "run.tlog-proof", "run/entries", "run.json",
                 "keys.txt", "outcomes.jsonl", "report.json"):
        if files[name] == other[name]:
            continue
        yield f"{name} of another run", with_manifest({**files, name: other[name]})
    for name in ("log", "run"):
        pair = {f"{name}/checkpoint": other[f"{name}/checkpoint"], f"{name}/entries": other[f"{name}/entries"]}
        if name == "run":
            yield f"{name} log of another run", with_manifest({**files, **pair})
    yield "lines of the keys swapped", with_manifest({**files, "keys.txt": b"".join(
        reversed(files["keys.txt"].splitlines(keepends=True)))[:-1]})


def figure_of(content, wanted):
    """unit, figure of an outcome whose estimate fits."""
    basis = {(f"{e['task']}/{e['lang']}", e["figure"]): e["basis"] for e in content.entries if e["type"] == "estimate"}
    for outcome in content.outcomes:
        unit = f"{outcome['task']}/{outcome['lang']}"
        for figure in outcome["figures"]:
            if figure["estimate"]["value"] is not None and wanted(figure["estimate"], basis.get((unit, figure["id"]))):
                return unit, figure
    raise AssertionError("no such figure in the run")


def in_report(content, unit, figure):
    result = next(r for r in content.report["results"] if r["key"] == unit)
    return next(f for f in result["figures"] if f["id"] == figure["id"])


def resigned_changes(files):
    """(what, files, alone): signed anew by somebody else; `alone`: only Assay sees it without the owner's key."""
    def figure(wanted, change):
        content = Content(files)
        unit, found = figure_of(content, wanted)
        for each in (found, in_report(content, unit, found)):
            change(each["estimate"])
        return content.resigned()

    def exact(e, basis):
        return e["method"] in ("clopper-pearson", "wilson") and basis is not None and e["n"] > 2

    def code(e, basis):
        return e["unit"] != "proportion" or basis is None

    for what, change in {"low": lambda e: e["interval"].update(low=0.4999), "high": lambda e: e["interval"].update(high=0.99),
                         "value": lambda e: e.update(value=0.7531), "n": lambda e: e.update(n=e["n"] + 5),
                         "unassessed": lambda e: e.update(unassessed=e["unassessed"] + 3),
                         "level": lambda e: e.update(level=0.9)}.items():
        yield f"signed anew: {what} of a rate", figure(exact, change), False
    yield "signed anew: value that task code makes", figure(
        code, lambda e: e.update(value=e["value"] + 0.01)), True
    yield from resigned_samples(files)
    content = Content(files)
    unit, found = figure_of(content, exact)
    in_report(content, unit, found)["estimate"]["value"] = 0.0123
    yield "signed anew: a figure of the report alone", content.resigned(), False
    content = Content(files)
    result = next(r for r in content.report["results"] if r["figures"])
    result["figures"].pop()
    yield "signed anew: a figure left out of the report", content.resigned(), False
    content = Content(files)
    content.report["topics"][0]["claims"][0]["text"]["en"] = "Nothing to worry about."
    yield "signed anew: a claim's words", content.resigned(), True
    content = Content(files)
    content.run["config"]["seed"] = 999
    yield "signed anew: another seed", content.resigned(), True


def resigned_samples(files):
    unit = next(n[8:-6].replace(".", "/") for n in sorted(files) if n.startswith("records/arithmetic.en"))

    def lines(content):
        return content.records["records/" + unit.replace("/", ".") + ".jsonl"]

    def by_verdict(content, verdict):
        return next((r for r in lines(content) if json.loads(r["record"])["score"]["verdict"] == verdict), None)

    content = Content(files)
    there = next(v for v in ("failure", "success") if by_verdict(content, v))
    other = "success" if there == "failure" else "failure"
    line = by_verdict(content, there)
    record = json.loads(line["record"])
    record["score"].update(verdict=other, value=1.0 if other == "success" else 0.0)
    line["record"] = dump(record)
    content.entry(unit, line["sample"]).update(verdict=other, value=record["score"]["value"])
    yield "signed anew: a verdict", content.resigned(), False
    counts = content.outcome(unit)
    counts[there] -= 1
    counts[other] += 1
    yield "signed anew: a verdict, and its counts", content.resigned(), False

    content = Content(files)
    line = by_verdict(content, there)
    lines(content).remove(line)
    content.entries.remove(content.entry(unit, line["sample"]))
    yield "signed anew: a sample left out", content.resigned(), False
    counts = content.outcome(unit)
    counts[there] -= 1
    counts["done"] -= 1
    yield "signed anew: a sample left out, and its counts", content.resigned(), False

    content = Content(files)
    line = by_verdict(content, there)
    record = json.loads(line["record"])
    record["sample"]["messages"][0]["content"] = "What is 1 + 1?"
    line["record"] = dump(record)
    yield "signed anew: another question", content.resigned(), True
    content = Content(files)
    line = by_verdict(content, "failure") or by_verdict(content, "unassessed")
    record = json.loads(line["record"])
    target = record["sample"]["targets"][0]
    record["trace"]["generations"][-1]["text"] = f"The answer is {target}."
    line["record"] = dump(record)
    yield "signed anew: another answer, with the old verdict", content.resigned(), True


class Judge:
    def __init__(self, home, key):
        self.home, self.key, self.made, self.wrong = pathlib.Path(home), key, 0, []

    def write(self, files):
        self.made += 1
        path = self.home / f"{self.made}.assay"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for name in sorted(files):
                out.writestr(name, files[name])
        return path

    def all(self, jobs):
        """One process of Assay for all bundles of a kind; the independent verifier for each, in this process."""
        for with_key in (True, False):
            part = [job for job in jobs if job[2] == with_key]
            words = ["--key", self.key] if with_key else []
            done = subprocess.run([ASSAY, "verify", "--json", *[path for _, path, _, _ in part], *words],
                                  capture_output=True, text=True)
            assert done.returncode == 1, (done.returncode, done.stderr[-2000:])
            trusted = [independent.parse_vkey(self.key)] if with_key else []
            for found, (what, path, _, alone) in zip(json.loads(done.stdout), part):
                assert found["file"] == str(path)
                try:
                    verifier = independent.Verifier(independent.read_files(path), trusted)
                    verifier.verify()
                    other = not any(finding["kind"] == "fault" for finding in verifier.findings)
                except independent.Unreadable:
                    other = False
                if found.get("holds", False) or other != alone:
                    self.wrong.append(f"{what} ({'with' if with_key else 'without'} key): assay "
                                      f"{found.get('holds')}, independent {other}")

    def both(self, path, key):
        """Exit codes of the two verifiers as commands."""
        words = ["--key", self.key] if key else []
        one = subprocess.run([ASSAY, "verify", path, *words], capture_output=True, text=True)
        two = subprocess.run([sys.executable, independent.__file__, path, *words], capture_output=True, text=True)
        assert one.returncode in (0, 1, 3) and two.returncode in (0, 1, 3), (path, one.stderr, two.stderr)
        assert "Traceback" not in two.stderr, two.stderr
        return one.returncode, two.returncode


def measure(home, seed):
    env = dict(os.environ, ASSAY_KEYS=str(home / "keys"), ASSAY_EVIDENCE=str(home / "evidence"))
    words = ["--profile", "quick", "--tasks", "arithmetic,refusal_pairs,calibration,string_rules", "--lang", "en", "--limit",
             "12", "--seed", str(seed), "--store", home / "runs.db", "--out", home / "out", "--quiet"]
    subprocess.run([ASSAY, "assess", SMOLLM2, *words], check=True, env=env, stdout=subprocess.DEVNULL)
    done = subprocess.run([ASSAY, "bundle", "latest", "--store", home / "runs.db", "-o", home / f"{seed}.bundle", "--json"],
                          check=True, env=env, capture_output=True, text=True)
    return read(home / f"{seed}.bundle"), json.loads(done.stdout)["key"]


def main():
    if not SMOLLM2.is_file():
        print(f"skipped: no {SMOLLM2}; `assay model get smollm2` fetches it")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        other, _ = measure(home, 1)
        files, key = measure(home, 2)
        judge = Judge(folder, key)
        assert judge.both(judge.write(files), True) == (0, 0), "the bundle itself"
        anew = judge.write(Content(files).resigned())
        assert judge.both(anew, False) == (0, 0), "signed anew, nothing changed: anybody may"
        assert judge.both(anew, True) == (1, 1), "signed anew, nothing changed, with the owner's key"
        records = next(n for n in sorted(files) if n.startswith("records/arithmetic"))
        jobs = [(what, judge.write(changed), True, False)
                for source in (raw_changes(files, random.Random(1)), field_changes(files, records),
                               other_signatures(files, other)) for what, changed in source]
        for what, changed, alone in resigned_changes(files):
            path = judge.write(changed)
            jobs += [(what, path, True, False), (what, path, False, alone)]
        judge.all(jobs)
        for what, path, _, _ in jobs[:3]:
            assert judge.both(path, True) in ((1, 1), (3, 3)), what
        assert not judge.wrong, "\n".join(judge.wrong)
        assert judge.made > 203, judge.made
        print(f"{judge.made - 2} tampered bundles, {len(jobs)} verifications by each")


main()
