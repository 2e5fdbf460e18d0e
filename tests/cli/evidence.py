"""Evidence on a real model: keys, a plan, a run killed and gone on with, its bundle, verify, replay, the log."""
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

ASSAY = os.environ["ASSAY"]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
SMOLLM2 = CACHE / "assay/models/SmolLM2-135M-Instruct.Q4_1.gguf"
DATA = pathlib.Path(os.environ["ASSAY_SHARED_DATA"]) / "models/stories260K"
TASKS = "arithmetic,refusal_pairs,calibration"


class Place:
    """A home of its own: keys, store, evidence."""

    def __init__(self, folder):
        self.home = pathlib.Path(folder)
        self.store = self.home / "runs.db"
        self.env = dict(os.environ, ASSAY_KEYS=str(self.home / "keys"))
        for name in ("ASSAY_EVIDENCE", "ASSAY_KEY", "ASSAY_KEY_PASSPHRASE"):
            self.env.pop(name, None)

    def run(self, *words, status=0, says=(), **env):
        done = subprocess.run([ASSAY, *map(str, words)], capture_output=True, text=True, timeout=600,
                              env=dict(self.env, **env))
        text = done.stdout + done.stderr
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        for piece in says:
            assert piece in text, f"no {piece!r} in\n{text}"
        return done.stdout

    def assess(self, model, *words, **how):
        return self.run("assess", model, "--profile", "quick", "--store", self.store, "--out", self.home / "out",
                        "--quiet", *words, **how)


def check_keys(place):
    vkey = place.run("key", "new", "safety.example.org/evidence").strip()
    assert place.run("key", "show").strip() == vkey
    place.run("key", "new", "safety.example.org/evidence", status=2, says=["already"])
    place.run("key", "new", "with space", status=2, says=["name"])
    place.run("key", "show", "safety.example.org/evidense", status=3, says=["evidence"])
    files = list((place.home / "keys").iterdir())
    assert len(files) == 1 and files[0].stat().st_mode & 0o777 == 0o600, files
    if shutil.which("openssl"):
        pem = place.run("key", "export", "safety.example.org/evidence", "--format", "pem")
        done = subprocess.run(["openssl", "pkey", "-pubin", "-noout"], input=pem, text=True, capture_output=True)
        assert done.returncode == 0, done.stderr
    place.run("key", "new", "auditor.example/one", "--passphrase", ASSAY_KEY_PASSPHRASE="open sesame")
    auditor = json.loads(place.run("key", "show", "auditor.example/one", "--json"))[0]
    assert auditor["passphrase"], auditor
    files[0].chmod(0o644)
    place.run("key", "show", status=3, says=["chmod 600"])
    files[0].chmod(0o600)
    return vkey, auditor["vkey"]


def check_tiny(folder):
    """A model that passes no floor: its run is evidence too, and nothing has to be chosen."""
    place = Place(folder)
    model = place.home / "m.gguf"
    subprocess.run([os.environ["ASSAY_STORIES_GGUF"], DATA, model], check=True, timeout=60)
    place.assess(model, "--tasks", "arithmetic", "--limit", 4)
    place.run("bundle", "latest", "--store", place.store, "-o", place.home / "tiny.assay", says=["signed by assay/"])
    place.run("verify", place.home / "tiny.assay", says=["HOLDS", "anybody may have signed it"])
    place.assess(model, "--tasks", "arithmetic", "--limit", 4, "--evidence", "none")
    place.run("bundle", "latest", "--store", place.store, status=2, says=["no evidence of this run"])
    place.assess(model, "--tasks", "arithmetic", "--plan", "0123", status=3, says=["plan --commit"])


def killed_and_resumed(place, plan):
    words = [ASSAY, "assess", SMOLLM2, "--profile", "quick", "--store", place.store, "--out", place.home / "out",
             "--tasks", TASKS, "--lang", "en,zh", "--seed", "5", "--limit", "20", "--plan", plan]
    started = subprocess.Popen(words, env=place.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.time() + 120
    while time.time() < deadline:
        runs = subprocess.run([ASSAY, "runs", "--store", place.store, "--json"], capture_output=True, text=True)
        if runs.returncode == 0 and (json.loads(runs.stdout)["runs"] or [{}])[0].get("samples", 0) >= 20:
            break
        time.sleep(0.05)
    started.send_signal(signal.SIGKILL)
    started.wait()
    assert "begun" in place.run("log", "show", "--store", place.store)
    place.assess(SMOLLM2, "--resume", "latest")
    return json.loads(place.run("runs", "--store", place.store, "--json"))["runs"][0]["id"]


def check_bundle(place, vkey, auditor):
    store = ("--store", place.store)
    words = ("plan", "--commit", "--profile", "quick", "--tasks", TASKS, "--langs", "en,zh", "--seed", 5,
             "--limit", 20, *store)
    place.run(*words, status=2, says=["several keys"])
    plan = place.run(*words, "--key", "safety.example.org/evidence").strip()
    before = place.home / "before"
    shutil.copy(place.home / "runs.evidence/log/checkpoint", before)
    run = killed_and_resumed(place, plan)
    bundle = place.home / "run.assay"
    place.run("bundle", run[:6], *store, "-o", bundle)
    first = bundle.read_bytes()
    place.run("bundle", run, *store, "-o", bundle)
    assert bundle.read_bytes() == first, "the same run gave another bundle"
    found = json.loads(place.run("verify", bundle, "--key", vkey, "--json"))
    assert found["holds"] and not found["findings"], found
    for part in ("figures", "verdicts", "items"):
        assert found[part]["checked"] == found[part]["all"] > 0, found
    place.run("verify", bundle, "--key", auditor, status=1, says=["DOES NOT HOLD", "[signatures]"])
    for at in (len(first) // 3, len(first) // 2):
        broken = bytearray(first)
        broken[at] ^= 4
        (place.home / "broken.assay").write_bytes(broken)
        done = subprocess.run([ASSAY, "verify", place.home / "broken.assay"], capture_output=True, text=True)
        assert done.returncode in (1, 3), done
    check_edited(place, bundle)
    check_sealed(place, run, auditor)
    check_replay(place, bundle)
    check_log(place, vkey, auditor, before, run)


def check_edited(place, bundle):
    """A figure is edited, and digests are put right as far as anybody without the key can."""
    with zipfile.ZipFile(bundle) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    outcomes = [json.loads(line) for line in files["outcomes.jsonl"].splitlines()]
    figure = next(f for o in outcomes for f in o["figures"] if f["estimate"]["value"] is not None)
    figure["estimate"]["interval"]["high"] = 0.999
    files["outcomes.jsonl"] = "".join(json.dumps(o, separators=(",", ":"), ensure_ascii=False) + "\n"
                                      for o in outcomes).encode()
    manifest = json.loads(files["bundle.json"])
    for entry in manifest["files"]:
        entry["bytes"] = len(files[entry["name"]])
        entry["digest"] = "sha256:" + hashlib.sha256(files[entry["name"]]).hexdigest()
    files["bundle.json"] = (json.dumps(manifest, indent=1) + "\n").encode()
    edited = place.home / "edited.assay"
    with zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    place.run("verify", edited, status=1,
              says=["interval.high", "it signs another manifest", "is not the one that was logged"])


def check_sealed(place, run, auditor):
    sealed = place.home / "sealed.assay"
    words = ("bundle", run, "--store", place.store, "-o", sealed, "--seal-tasks", "refusal_pairs")
    place.run(*words, status=2, says=["--seal-to"])
    place.run(*words, "--seal-to", auditor)
    place.run("verify", sealed, says=["HOLDS", "are sealed"])
    place.run("verify", sealed, "--reader", "auditor.example/one", status=2, says=["passphrase"])
    opened = json.loads(place.run("verify", sealed, "--reader", "auditor.example/one", "--json",
                                  ASSAY_KEY_PASSPHRASE="open sesame"))
    assert opened["holds"] and opened["sealed"] == 0 and opened["figures"]["checked"] == opened["figures"]["all"]


def check_replay(place, bundle):
    again = json.loads(place.run("replay", bundle, SMOLLM2, "--sample", "20%", "--seed", 3, "--quiet", "--json"))
    assert again["same_model"] and again["asked"] == again["drawn"] > 10, again
    assert again["verdicts"]["value"] > 0.8 and again["verdicts"]["interval"]["high"] >= 0.95, again["verdicts"]
    place.run("replay", bundle, SMOLLM2, "--sample", "0", status=2, says=["share"])


def check_log(place, vkey, auditor, before, run):
    store = ("--store", place.store)
    place.run("log", "verify", *store, "--earlier", before, says=["continues the log", "signed by safety"])
    place.run("log", "verify", *store, "--run", run, "--key", vkey, says=["lead to the signed root"])
    place.run("log", "receipt", *store, "--index", 0, says=["c2sp.org/tlog-proof@v1"])
    place.run("log", "receipt", *store, "--index", 10_000, status=2, says=["not in a log"])
    cosigned = place.run("log", "cosign", *store, "--key", "auditor.example/one", "--earlier", before,
                         ASSAY_KEY_PASSPHRASE="open sesame")
    assert "auditor.example/one" in cosigned and "safety.example.org/evidence" in cosigned
    (place.home / "cosigned").write_text(cosigned)
    witness = place.run("key", "export", "auditor.example/one", "--format", "cosigner").strip()
    place.run("log", "accept", place.home / "cosigned", *store, "--witness", auditor, status=3, says=["not cosigned"])
    place.run("log", "accept", place.home / "cosigned", *store, "--witness", witness, says=["kept"])
    seen = place.home / "seen.assay"
    place.run("bundle", run, *store, "-o", seen)
    place.run("verify", seen, "--key", vkey, "--witness", witness,
              says=["HOLDS", "auditor.example/one saw", "the run's begin among them"])
    tile = place.home / "runs.evidence/runs" / run / "log/tile/entries/000"
    if not tile.exists():
        tile = max(tile.with_name("000.p").iterdir(), key=lambda part: int(part.name))
    content = bytearray(tile.read_bytes())
    content[40] ^= 1
    tile.write_bytes(content)
    place.run("log", "verify", *store, "--run", run, status=3, says=["The log is damaged"])
    place.run("bundle", run, *store, status=3, says=["damaged"])


def main():
    with tempfile.TemporaryDirectory() as folder:
        keys = check_keys(Place(folder))
        if not DATA.is_dir():
            print("skipped the rest: no stories260K")
            sys.exit(77)
        with tempfile.TemporaryDirectory() as other:
            check_tiny(other)
        if not SMOLLM2.is_file():
            print(f"skipped the rest: no {SMOLLM2}; `assay model get smollm2` fetches it")
            sys.exit(77)
        check_bundle(Place(folder), *keys)


main()
