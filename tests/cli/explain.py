"""`assay explain` on a real model: one prompt on the terminal, a run with its figures, resumption, refusals."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["ASSAY_SOURCE_DIR"], "tests/support"))
import schema  # noqa: E402  (found by the line above)

ASSAY = os.environ["ASSAY"]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
SMOLLM2 = CACHE / "assay/models/SmolLM2-135M-Instruct.Q4_1.gguf"
PROMPT = ["--prompt", "The capital of France is the city of", "--answer", " Paris", "--wrong", " Rome"]


def explain(*words, status=0, says=()):
    done = subprocess.run([ASSAY, "explain", *map(str, words)], capture_output=True, text=True, timeout=800)
    assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    for piece in says:
        assert piece in done.stdout + done.stderr, f"no {piece!r} in\n{done.stdout}\n{done.stderr}"
    return done


def check_refusals():
    explain(status=2, says=["no model is named"])
    explain("--list", says=["lens", "attribution", "refusal_direction"])
    explain("openai:x@http://localhost:1/v1", status=3, says=["served model shows nothing", "GGUF"])
    explain("no-such-model", status=3, says=["no-such-model"])


def check_prompt():
    explain(SMOLLM2, *PROMPT, says=["Logit lens", "Paris", "Who writes the difference", "head "])
    document = json.loads(explain(SMOLLM2, *PROMPT, "--json").stdout)
    assert document["layers"][-1][-1]["top"].strip() == "Paris", document["layers"][-1][-1]
    parts = document["attribution"]
    total = parts["constant"] + sum(part["value"] for part in parts["parts"])
    assert abs(total - parts["difference"]) < 1e-3 * abs(parts["difference"]), parts
    explain(SMOLLM2, *PROMPT[:4], status=2, says=["--wrong"])


def check_run(home):
    common = [SMOLLM2, "--store", home / "runs.db", "--out", home / "out", "--quiet"]
    explain(*common, "--what", "astrology", status=2, says=["astrology", "lens"])
    explain(*common, "--what", "lens,attribution", "--lang", "en", "--limit", 9)
    document = json.loads((home / "out/report.json").read_text())
    wrong = schema.errors(document)
    assert not wrong, wrong
    results = {result["key"]: {f["id"]: f for f in result["figures"]} for result in document["results"]}
    for key in ("explain_lens/en", "explain_attribution/en"):
        assert results[key]["faithful.en"]["estimate"]["value"] > 0, results[key]["faithful.en"]
    assert results["explain_attribution/en"]["error.en"]["estimate"]["value"] < 1e-3
    assert results["explain_lens/en"]["agrees.L30.en"]["estimate"]["value"] == 1
    assert "explain_lens" in (home / "out/report.md").read_text()
    explain(*common, "--resume", "latest")  # finished: nothing is done anew
    shown = subprocess.run([ASSAY, "show", "latest", "--store", home / "runs.db"], capture_output=True, text=True)
    assert shown.returncode == 0 and "explain_lens" in shown.stdout, shown.stdout + shown.stderr


if not SMOLLM2.exists():
    print("skipped: needs smollm2 (assay model fetch smollm2)")
    sys.exit(77)
check_refusals()
tried = subprocess.run([ASSAY, "explain", SMOLLM2, *PROMPT], capture_output=True, text=True)
if "libtorch" in tried.stderr and tried.returncode != 0:
    print("skipped: this build has no white box:", tried.stderr)
    sys.exit(77)
check_prompt()
with tempfile.TemporaryDirectory() as folder:
    check_run(pathlib.Path(folder))
