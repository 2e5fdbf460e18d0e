#!/usr/bin/env python3
"""verify_bundle.py FILE [--key VKEY]... [--json]: checks a bundle of Assay without Assay.

Written from docs/evidence.md, docs/statistics.md and the specifications of C2SP (signed-note, tlog-checkpoint,
tlog-proof; RFC 6962 for the trees), with Python's standard library and `cryptography` (Ed25519) alone. It trusts the
keys given with --key; without any, those in the bundle, which it says.

Checked: files and manifest; signatures; both logs' entries against their signed roots; the evidence log's knowledge of
the run; each record against its logged digest and its entry; outcomes, estimates, claims and report against the log;
counts and rates recounted from the samples; intervals made again for the methods below. What it cannot make again (other
interval methods, values that task code computes, verdicts) it lists as unchecked: `assay verify` makes those.

Exit status: 0 holds, 1 does not hold (with a list), 2 usage, 3 cannot be read.
"""
import argparse
import base64
import binascii
import hashlib
import json
import math
import sys
import zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_FILES, MAX_FILE, MAX_TOTAL = 100_000, 2 << 30, 8 << 30
DASH = "\u2014 "
ROUNDING = 1e-7  # relative, of intervals; those of rates lie in [0, 1]


class Unreadable(Exception):
    pass


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


# --- trees (RFC 6962, section 2.1) -------------------------------------------------------------------------------------

def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The roots of the full subtrees of a growing tree."""

    def __init__(self):
        self.size, self.nodes = 0, []

    def append(self, entry):
        node, size = leaf_hash(entry), self.size
        while size & 1:
            node, size = node_hash(self.nodes.pop(), node), size >> 1
        self.nodes.append(node)
        self.size += 1

    def root(self):
        if not self.nodes:
            return hashlib.sha256(b"").digest()
        root = self.nodes[-1]
        for node in reversed(self.nodes[:-1]):
            root = node_hash(node, root)
        return root


def roots_at(entries, sizes):
    """The root of the first n entries, for each n of `sizes`."""
    tree, out = Tree(), {}
    wanted = set(sizes)
    if 0 in wanted:
        out[0] = tree.root()
    for entry in entries:
        tree.append(entry)
        if tree.size in wanted:
            out[tree.size] = tree.root()
    return out


def root_of_inclusion(leaf, index, size, proof):
    """RFC 9162, section 2.1.3.2; None where the proof has another length."""
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return node if last == 0 else None


# --- signed notes ------------------------------------------------------------------------------------------------------

def strict_base64(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("not the only form")
    return data


def key_id(name, kind, public):
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def parse_vkey(text):
    """(name, kind, public key); ValueError."""
    name, ident, key = text.split("+", 2)
    data = strict_base64(key)
    if not name or len(data) != 33 or data[0] not in (1, 4) or key_id(name, data[0], data[1:]).hex() != ident:
        raise ValueError("not a verifier key")
    return name, data[0], data[1:]


def parse_note(data):
    """(text, [(name, id, signature)]); ValueError."""
    text = data.decode("utf-8")
    if any(ord(c) < 0x20 and c != "\n" for c in text):
        raise ValueError("control characters")
    gap = text.rindex("\n\n")
    lines = text[gap + 2:].split("\n")
    if gap == 0 or lines.pop() != "" or not lines:
        raise ValueError("no signatures")
    out = []
    for line in lines:
        if not line.startswith(DASH):
            raise ValueError("no signature line")
        name, sig = line[len(DASH):].split(" ", 1)
        sig = strict_base64(sig)
        if not name or len(sig) <= 4:
            raise ValueError("no signature")
        out.append((name, sig[:4], sig[4:]))
    return text[:gap + 1], out


def holds(public, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def open_note(data, known):
    """(text, [(name, kind)] of signatures by known keys); ValueError if one is wrong or there is none."""
    text, signatures = parse_note(data)
    by = []
    for name, ident, signature in signatures:
        for known_name, kind, public in known:
            if known_name != name or key_id(name, kind, public) != ident:
                continue
            message, sig = text.encode(), signature
            if kind == 4:
                if len(sig) != 72:
                    raise ValueError(f"the signature of {name} does not hold")
                time = int.from_bytes(sig[:8], "big")
                message, sig = f"cosignature/v1\ntime {time}\n".encode() + message, sig[8:]
            if not holds(public, message, sig):
                raise ValueError(f"the signature of {name} does not hold")
            by.append((name, kind))
    if not by:
        raise ValueError("no signature is by a known key")
    return text, by


def parse_checkpoint(text):
    """(origin, size, root); ValueError."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] != "" or not lines[0] or "" in lines[3:-1] or not lines[1].isascii():
        raise ValueError("no checkpoint")
    size, root = int(lines[1]), strict_base64(lines[2])
    if str(size) != lines[1] or len(root) != 32:
        raise ValueError("no checkpoint")
    return lines[0], size, root


# --- intervals (docs/statistics.md) ------------------------------------------------------------------------------------

def beta_cdf(x, a, b):
    """The regularised incomplete beta function, by its continued fraction (Lentz's method)."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - beta_cdf(1.0 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    tiny, c, d = 1e-300, 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    out = d
    for m in range(1, 10_000):
        for top in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                    -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1.0 + top * d
            c = 1.0 + top / c
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = c if abs(c) > tiny else tiny
            out *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return front * out


def beta_quantile(q, a, b):
    if a <= 0.0:
        return 0.0
    if b <= 0.0:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        if beta_cdf(middle, a, b) < q:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def normal_quantile(q):
    low, high = -40.0, 40.0
    for _ in range(200):
        middle = (low + high) / 2.0
        if 0.5 * math.erfc(-middle / math.sqrt(2.0)) < q:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def tail_of(level, sides):
    return (1.0 - level) / (2.0 if sides == "two" else 1.0)


def clopper_pearson(k, n, level, sides):
    tail = tail_of(level, sides)
    low = beta_quantile(tail, k, n - k + 1.0) if sides != "upper" else 0.0
    high = beta_quantile(1.0 - tail, k + 1.0, n - k) if sides != "lower" else 1.0
    return low, high


def wilson(k, n, level, sides):
    z = normal_quantile(1.0 - tail_of(level, sides))
    p, z2n = k / n, z * z / n
    centre = (p + z2n / 2.0) / (1.0 + z2n)
    half = z * math.sqrt(p * (1.0 - p) / n + z2n / (4.0 * n)) / (1.0 + z2n)
    return (max(0.0, centre - half) if sides != "upper" and k > 0 else 0.0,
            min(1.0, centre + half) if sides != "lower" and k < n else 1.0)


def clopper_pearson_clusters(values, level, sides):
    """`values`: 0/1 by cluster. All alike: the share of clusters that could differ; else as if each cluster, by Kish's
    number of them, were one value."""
    n = sum(map(len, values))
    mean = sum(map(sum, values)) / n
    if mean in (0.0, 1.0):
        q = clopper_pearson(0, len(values), level, "two" if sides == "two" else "upper")[1]
        low, high = mean - q * mean, mean + q * (1.0 - mean)
        return (low if sides != "upper" else 0.0), (high if sides != "lower" else 1.0)
    kish = n * n / sum(len(v) ** 2 for v in values)
    return clopper_pearson(mean * kish, kish, level, sides)


def close(a, b):
    if a is None or b is None:
        return a is b
    return abs(a - b) <= ROUNDING * max(1.0, abs(a), abs(b))


# --- the bundle --------------------------------------------------------------------------------------------------------

def read_files(path):
    try:
        with zipfile.ZipFile(path) as whole:
            infos = whole.infolist()
            if len(infos) > MAX_FILES or sum(i.file_size for i in infos) > MAX_TOTAL:
                raise Unreadable("the bundle is too large")
            out = {}
            for info in infos:
                parts = info.filename.split("/")
                if info.filename in out or info.is_dir() or "\\" in info.filename or set(parts) & {"", ".", ".."}:
                    raise Unreadable(f"the bundle holds an improper name, {info.filename!r}")
                if info.file_size > MAX_FILE:
                    raise Unreadable(f"{info.filename} is too large")
                with whole.open(info) as file:
                    out[info.filename] = file.read(info.file_size + 1)
                if len(out[info.filename]) != info.file_size:
                    raise Unreadable(f"{info.filename} has another length than it says")
            return out
    except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, ValueError, EOFError,
            binascii.Error) as problem:
        raise Unreadable(f"this bundle can't be opened: {problem}") from problem
    except Exception as problem:  # zlib.error is no public base of anything
        raise Unreadable(f"this bundle is damaged: {problem}") from problem


def parse_json(data):
    """An object; ValueError."""
    text = data if isinstance(data, str) else data.decode("utf-8")
    try:
        out = json.loads(text)
    except RecursionError as problem:
        raise ValueError("it is nested too deeply") from problem
    if not isinstance(out, dict):
        raise ValueError("it is no object")
    return out


def entries_of(data):
    out, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at:at + 2], "big")
        if at + 2 + length > len(data):
            raise ValueError("its entries are malformed")
        out.append(data[at + 2:at + 2 + length])
        at += 2 + length
    return out


def lines_of(data):
    if data and not data.endswith(b"\n"):
        raise ValueError("its last line does not end")
    return data.split(b"\n")[:-1]


def unit_of(item):
    return f"{item.get('task')}/{item.get('lang')}"


def name_of(item):
    return item.get("task"), item.get("lang"), item.get("sample"), item.get("epoch")


class Verifier:
    def __init__(self, files, trusted):
        self.files, self.trusted, self.findings = files, trusted, []
        self.run = self.origin = self.model = ""
        self.known, self.samples, self.records = [], {}, {}
        self.outcomes, self.estimates, self.claims, self.report_entry, self.begin = {}, {}, [], {}, {}
        self.counts = {"samples": 0, "sealed": 0, "figures": 0, "recounted": 0, "intervals": 0}

    def find(self, kind, check, where, what):
        self.findings.append({"kind": kind, "check": check, "where": where, "what": what})

    def fault(self, check, where, what):
        self.find("fault", check, where, what)

    def file(self, name, check):
        if name not in self.files:
            self.fault(check, name, "the file is missing")
        return self.files.get(name)

    def part(self, check, where, work):
        """What `work` finds malformed is a fault of `where`."""
        try:
            return work()
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError, ZeroDivisionError) as problem:
            self.fault(check, where, f"it is malformed: {problem}")
            return None

    def verify(self):
        if not self.part("files", "bundle.json", self.manifest):
            return
        self.part("signatures", "keys.txt", self.keys)
        self.part("signatures", "bundle.note", self.note)
        log = self.log("log/checkpoint", "log/entries", self.origin)
        run_log = self.log("run/checkpoint", "run/entries", f"{self.origin}/runs/{self.run}")
        if log is None or run_log is None:
            return
        self.part("logs", "run/entries", lambda: self.read_run(run_log[0]))
        self.part("logs", "log/entries", lambda: self.evidence_log(log, run_log))
        self.part("records", "run.json", self.run_file)
        for name in sorted(self.files):
            if name.startswith("records/"):
                self.part("records", name, lambda name=name: self.read_records(name))
        self.missing_records()
        outcomes = self.part("figures", "outcomes.jsonl", self.read_outcomes) or []
        report = self.part("report", "report.json", self.read_report)
        for outcome in outcomes:
            self.part("figures", unit_of(outcome), lambda outcome=outcome: self.check_outcome(outcome))
        if report is not None:
            self.part("report", "report.json", lambda: self.check_report(report, outcomes))

    def manifest(self):
        data = self.file("bundle.json", "files")
        if data is None:
            return False
        manifest = parse_json(data)
        if manifest.get("schema") != "assay.bundle/1":
            self.fault("files", "bundle.json", "it is no bundle, or one of a newer Assay")
            return False
        self.run, self.origin = str(manifest["run"]), str(manifest["origin"])
        listed = {"bundle.json", "bundle.note"}
        for item in manifest["files"]:
            name = item["name"]
            if name in listed:
                self.fault("files", name, "the manifest lists it twice")
            listed.add(name)
            if name not in self.files:
                self.fault("files", name, "the file is missing")
            elif digest(self.files[name]) != item["digest"] or len(self.files[name]) != item["bytes"]:
                self.fault("files", name, "it is not the file of the manifest")
        for name in self.files.keys() - listed:
            self.fault("files", name, "the manifest does not list it")
        return True

    def keys(self):
        known = list(self.trusted)
        if not known:
            self.find("remark", "signatures", "keys.txt", "the keys are those that the bundle itself brings; give the one "
                      "that you had from its owner by --key, or anybody may have signed it")
            for line in lines_of(self.file("keys.txt", "signatures") or b""):
                known.append(parse_vkey(line.decode("utf-8")))
        for name, kind, public in list(known):
            if name == self.origin and kind == 1:
                known.append((f"{name}/runs/{self.run}", 1, public))
        self.known = known

    def note(self):
        data = self.file("bundle.note", "signatures")
        if data is None:
            return
        text, _ = open_note(data, self.known)
        if text != f"assay.bundle/1\n{self.run}\n{digest(self.files['bundle.json'])}\n":
            self.fault("signatures", "bundle.note", "it signs another manifest")

    def log(self, checkpoint, entries, origin):
        """(entries, size, root); None where it can't be read."""
        note, data = self.file(checkpoint, "logs"), self.file(entries, "logs")
        if note is None or data is None:
            return None
        self.part("signatures", checkpoint, lambda: open_note(note, self.known))

        def read():
            all_entries = entries_of(data)
            name, size, root = parse_checkpoint(parse_note(note)[0])
            if name != origin:
                self.fault("logs", checkpoint, f"it is of the log {name}")
            if size != len(all_entries) or roots_at(all_entries, [size]).get(size) != root:
                self.fault("logs", entries, "the entries are not those that the checkpoint signs")
            return all_entries, size, root

        return self.part("logs", entries, read)

    def read_run(self, entries):
        ended = False
        for i, raw in enumerate(entries):
            entry = parse_json(raw)
            kind = entry.get("type")
            if (i == 0) != (kind == "begin"):
                self.fault("logs", f"run/entries {i}", "a run's log begins once")
            if kind == "begin":
                self.begin = entry
            elif kind == "sample":
                if name_of(entry) in self.samples:
                    self.fault("records", "/".join(map(str, name_of(entry))), "it was logged twice")
                self.samples[name_of(entry)] = entry
            elif kind == "outcome":
                self.outcomes[unit_of(entry)] = entry
                self.estimates[unit_of(entry)] = []
            elif kind == "estimate":
                self.estimates.setdefault(unit_of(entry), []).append(entry)
            elif kind == "report":
                self.report_entry, self.claims = entry, []
            elif kind == "claim":
                self.claims.append(entry)
            elif kind == "end":
                ended = True
            else:
                self.fault("logs", f"run/entries {i}", f"an entry of an unknown type, {kind}")
        if not ended:
            self.fault("logs", "run/entries", "the log does not say that the run ended")
        self.counts["samples"] = len(self.samples)

    def evidence_log(self, log, run_log):
        parsed = [parse_json(raw) for raw in log[0]]
        for entry in parsed:
            text = json.dumps(entry.get("content"), separators=(",", ":"), ensure_ascii=False)
            if entry["type"] == "plan" and entry["plan"] != hashlib.sha256(text.encode()).hexdigest()[:16]:
                self.fault("logs", "log/entries", "a plan's id is not that of its content")
        own = [(i, e) for i, e in enumerate(parsed) if e.get("run") == self.run]
        begins = [e for _, e in own if e["type"] == "begin"]
        states = [(i, e) for i, e in own if e["type"] == "state"]
        if len(begins) != 1:
            self.fault("logs", "log/entries", "the evidence log does not know of the run's begin, or twice")
        for field in ("created", "model", "config", "plan", "content"):
            for begin in begins:
                if begin.get(field) != self.begin.get(field):
                    self.fault("logs", "log/entries", f"the two logs differ in the run's {field}")
        roots = roots_at(run_log[0], [e["size"] for _, e in states])
        for i, state in states:
            if roots.get(state["size"]) != strict_base64(state["root"]):
                self.fault("logs", f"log/entries {i}", "the run's log does not begin as it was then")
        if not states or states[-1][1]["state"] != "ended" or states[-1][1]["size"] != run_log[1]:
            self.fault("logs", "log/entries", "the evidence log does not know of the run's end as it is")
        else:
            self.receipt(log, states[-1][0])
        self.witnessed(log)

    def receipt(self, log, index):
        data = self.file("run.tlog-proof", "logs")
        if data is None:
            return
        head, checkpoint = data.decode("utf-8").split("\n\n", 1)
        lines = [line for line in head.split("\n") if not line.startswith("extra ")]
        text, _ = open_note(checkpoint.encode(), self.known)
        name, size, root = parse_checkpoint(text)
        proof = [strict_base64(line) for line in lines[2:]]
        made = root_of_inclusion(leaf_hash(log[0][index]), index, size, proof) if index < size else None
        if lines[0] != "c2sp.org/tlog-proof@v1" or lines[1] != f"index {index}" or made != root or \
                (name, size, root) != (self.origin, log[1], log[2]):
            self.fault("logs", "run.tlog-proof", "it does not prove the run's last state")

    def witnessed(self, log):
        for name in sorted(self.files):
            if not name.startswith("log/witnessed/"):
                continue
            text, _ = open_note(self.files[name], self.known)
            origin, size, root = parse_checkpoint(text)
            if origin != self.origin or roots_at(log[0], [size]).get(size) != root:
                self.fault("logs", name, "the evidence log does not begin as the witness saw it")

    def run_file(self):
        data = self.file("run.json", "records")
        if data is None:
            return
        run = parse_json(data)
        if not data.endswith(b"\n") or digest(data[:-1]) != self.begin.get("content"):
            self.fault("records", "run.json", "it is not what the run's log began with")
        if run["run"] != self.run:
            self.fault("records", "run.json", "it is of another run")
        self.model = str(run.get("model"))

    def read_records(self, name):
        if name.endswith(".sealed"):
            return
        if not name.endswith(".jsonl"):
            raise ValueError("not a file of records")
        task, lang = name[len("records/"):-len(".jsonl")].rsplit(".", 1)
        for line in lines_of(self.files[name]):
            item = parse_json(line)
            key = (task, lang, item["sample"], item["epoch"])
            where = "/".join(map(str, key))
            entry = self.samples.get(key)
            record = item["record"].encode("utf-8")
            if entry is None:
                self.fault("records", where, "a record that was never logged")
                continue
            if key in self.records:
                self.fault("records", where, "its record is there twice")
            salt = bytes.fromhex(item["salt"])
            if len(salt) != 32 or digest(salt + record) != entry["record"]:
                self.fault("records", where, "its record is not the one that was logged")
            self.records[key] = self.part("records", where, lambda: parse_json(record)) or {}
            self.part("records", where, lambda: self.check_record(where, key, entry))

    def check_record(self, where, key, entry):
        record = self.records[key]
        sample, score = record["sample"], record["score"]
        said = {"sample": sample["id"], "verdict": score["verdict"], "value": score.get("value", 0.0),
                "group": sample.get("group", ""), "cluster": sample.get("cluster") or sample["id"]}
        for field, value in said.items():
            if entry.get(field) != value:
                self.fault("records", where, f"its record says another {field} than the log")

    def missing_records(self):
        for key in self.samples:
            if key in self.records:
                continue
            if f"records/{key[0]}.{key[1]}.jsonl.sealed" in self.files:
                self.counts["sealed"] += 1
            else:
                self.fault("records", "/".join(map(str, key)), "the record of a logged sample is missing")

    def read_outcomes(self):
        out, seen = [], set()
        for line in lines_of(self.file("outcomes.jsonl", "figures") or b""):
            item = parse_json(line)
            unit = unit_of(item)
            if unit in seen:
                self.fault("figures", unit, "its outcome is there twice")
            seen.add(unit)
            if digest(line) != self.outcomes.get(unit, {}).get("content"):
                self.fault("figures", unit, "its outcome is not the one that was logged")
            out.append(item)
        for unit in self.outcomes.keys() - seen:
            self.fault("figures", unit, "the outcome that was logged is missing")
        return out

    def check_outcome(self, outcome):
        unit = unit_of(outcome)
        entries = [e for e in self.samples.values() if unit_of(e) == unit]
        for field in ("success", "failure", "unassessed"):
            there = sum(e["verdict"] == field for e in entries)
            if outcome[field] != there:
                self.fault("figures", unit, f"{field}: {outcome[field]} are stated, the samples give {there}")
        figures, logged = outcome["figures"], self.estimates.get(unit, [])
        if len(figures) != len(logged):
            self.fault("figures", unit, "the log has another number of estimates than its outcome")
        for figure, entry in zip(figures, logged):
            where = f"{unit}/{figure['id']}"
            self.counts["figures"] += 1
            if entry["figure"] != figure["id"] or entry["estimate"] != figure["estimate"]:
                self.fault("figures", where, "the estimate is not the one that was logged")
            self.part("figures", where, lambda f=figure, e=entry, w=where: self.check_figure(f["estimate"], e, entries, w))

    def check_figure(self, estimate, entry, entries, where):
        basis, method = entry.get("basis"), estimate["method"]
        if estimate["value"] is None:
            return
        clusters = {}
        if basis is not None:
            counted = [e for e in entries if basis["group"] is None or e["group"] == basis["group"]]
            assessed = [e for e in counted if e["verdict"] != "unassessed"]
            for e in assessed:
                clusters.setdefault(e["cluster"], []).append(float(e["verdict"] == basis["verdict"]))
            hits = sum(map(sum, clusters.values()))
            self.counts["recounted"] += 1
            if not assessed or not close(estimate["value"], hits / len(assessed)) or estimate["n"] != len(assessed) or \
                    estimate["unassessed"] != len(counted) - len(assessed):
                self.fault("figures", where, "it does not follow from the samples: value, n or unassessed")
        limits = self.limits(estimate, method, clusters)
        if limits is None:
            self.find("unchecked", "figures", where, f"the interval of method {method!r} is not made again here")
            return
        self.counts["intervals"] += 1
        interval = estimate["interval"]
        if not close(interval["low"], limits[0]) or not close(interval["high"], limits[1]):
            self.fault("figures", where, f"it does not follow from the samples: interval ({limits[0]}, {limits[1]})")

    @staticmethod
    def limits(estimate, method, clusters):
        n, level, sides = estimate["n"], estimate["level"], estimate["sides"]
        if estimate["unit"] != "proportion" or not n or not 0.0 < level < 1.0:
            return None
        k = estimate["value"] * n
        if method in ("clopper-pearson", "wilson") and abs(k - round(k)) < 1e-6 and 0 <= round(k) <= n:
            return (clopper_pearson if method == "clopper-pearson" else wilson)(round(k), n, level, sides)
        if method == "clopper-pearson-clusters" and clusters:
            return clopper_pearson_clusters(list(clusters.values()), level, sides)
        return None

    def read_report(self):
        data = self.file("report.json", "report")
        if data is None:
            return None
        if digest(data) != self.report_entry.get("content"):
            self.fault("report", "report.json", "it is not the one that was logged")
        return parse_json(data)

    def check_report(self, report, outcomes):
        claims = [claim for topic in report["topics"] for claim in topic["claims"]]
        if [dict(claim, type="claim") for claim in claims] != self.claims:
            self.fault("report", "report.json", "the log has other claims")
        stated = {f"{unit_of(o)}/{f['id']}": f["estimate"] for o in outcomes for f in o["figures"]}
        for result in report["results"]:
            for figure in result["figures"]:
                key = f"{result['key']}/{figure['id']}"
                if key not in stated:
                    self.fault("report", key, "the run has no such figure")
                elif stated.pop(key) != figure["estimate"]:
                    self.fault("report", key, "the run has another figure")
        for key in stated:
            self.fault("report", key, "the report leaves out this figure of the run")
        if report["run"]["id"] != self.run:
            self.fault("report", "report.json", "it is of another run")


def main():
    parser = argparse.ArgumentParser(description="Checks a bundle of Assay without Assay.")
    parser.add_argument("file")
    parser.add_argument("--key", action="append", default=[], help="verifier key of whoever logged it")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    try:
        trusted = [parse_vkey(text) for text in options.key]
    except (ValueError, UnicodeError):
        parser.error("a key looks like name+1a2b3c4d+BASE64")
    try:
        verifier = Verifier(read_files(options.file), trusted)
    except Unreadable as problem:
        print(f"verify_bundle: {problem} ({options.file})", file=sys.stderr)
        return 3
    verifier.verify()
    fine = not any(finding["kind"] == "fault" for finding in verifier.findings)
    if options.json:
        print(json.dumps({"holds": fine, "run": verifier.run, "model": verifier.model, "origin": verifier.origin,
                          **verifier.counts, "findings": verifier.findings}, indent=2))
        return 0 if fine else 1
    for finding in verifier.findings:
        print(f"{finding['kind']:9} [{finding['check']}] {finding['where']}: {finding['what']}")
    counts = verifier.counts
    print(f"run {verifier.run} of {verifier.model}, logged by {verifier.origin}: {counts['samples']} samples, "
          f"{counts['figures']} figures, {counts['recounted']} recounted, {counts['intervals']} intervals made again")
    print("HOLDS" if fine else "DOES NOT HOLD")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
