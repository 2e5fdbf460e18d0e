"""assay data list|get|verify, benchmarks whose data are absent or damaged, and task files."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

ASSAY = os.environ["ASSAY"]
SHARED = os.environ.get("ASSAY_SHARED_DATA", "")
STORIES = os.environ.get("ASSAY_STORIES_GGUF")


def run(*args, code=0, **environment):
    env = {**os.environ, **environment}
    env.pop("ASSAY_DATA", None)
    done = subprocess.run([ASSAY, *args], capture_output=True, text=True, env=env, timeout=300)
    if done.returncode != code:
        sys.exit(f"{args}: exit code {done.returncode}, not {code}\n{done.stdout}\n{done.stderr}")
    return done


def check(condition, message):
    if not condition:
        sys.exit("FAILED: " + message)


def states(folder, **environment):
    listed = json.loads(run("data", "list", "--json", "--data", folder, **environment).stdout)
    return {one["name"]: one for one in listed["datasets"]}


def test_absent(scratch):
    cache = {"XDG_CACHE_HOME": os.path.join(scratch, "none")}
    error = run("assess", "nothing.gguf", "--tasks", "bbq", code=3, **cache).stderr
    check("assay data get bbq" in error, "absent data name the command that fetches them: " + error)
    error = run("data", "get", "bqb", code=2, **cache).stderr
    check("bbq" in error, "a wrong name is told the near ones: " + error)
    error = run("data", "get", "mmlu", code=3, **cache).stderr
    check("--from DIR" in error, "a set without known hashes is not fetched: " + error)
    for one in states(scratch, **cache).values():
        if one["state"] in ("given", "not given"):  # files of one's own
            check(one["note"] and not one["downloadable"], one["name"] + " says what it takes")
            continue
        check(one["license"] and one["homepage"] and one["rows"] > 0, one["name"] + " is described")
        check(one["state"] == "not here", one["name"] + " is not here")


def test_from_a_folder(scratch):
    """A copy of one verified file and a damaged one."""
    if not os.path.isdir(os.path.join(SHARED, "crows-pairs")):
        return "no shared data"
    cache = {"XDG_CACHE_HOME": os.path.join(scratch, "cache")}
    run("data", "get", "crows-pairs", "--from", SHARED, **cache)
    check("verified" in run("data", "verify", "crows_pairs", **cache).stdout, "the copy is verified")
    again = run("data", "get", "crows-pairs", "--from", SHARED, **cache).stdout
    check("Here already" in again, "nothing is copied twice: " + again)
    copy = os.path.join(scratch, "damaged")
    shutil.copytree(os.path.join(SHARED, "crows-pairs"), copy)
    file = os.path.join(copy, "crows_pairs_anonymized.csv")
    os.chmod(copy, 0o755)
    os.chmod(file, 0o644)
    with open(file, "r+b") as stream:
        stream.truncate(100_000)
    error = run("data", "get", "crows-pairs", "--from", copy, code=3, **cache).stderr
    check("SHA-256" in error, "a damaged file is refused: " + error)
    error = run("data", "verify", "crows-pairs", "--data", "crows-pairs=" + copy, code=3, **cache)
    check("different" in error.stdout, "verify names the file that differs")
    error = run("assess", "nothing.gguf", "--tasks", "crows_pairs", "--data", "crows-pairs=" + copy, code=3,
                **cache).stderr
    check("crows_pairs_anonymized.csv, line" in error, "a cut-off file names its line: " + error)
    return None


def test_task_files(scratch):
    with open(os.path.join(scratch, "items.csv"), "wb") as file:
        file.write(b"\xef\xbb\xbfquestion,right,wrong,answer\r\n\"Which is a metal, or \"\"ore\"\"?\",copper,"
                   b"amber,A\r\nWhich swims?,a trout,a stone,A\r\n")
    mapping = os.path.join(scratch, "mapping.yaml")
    with open(mapping, "w", encoding="utf-8") as file:
        file.write("task: small\ndata: items.csv\nprompt: \"Q: {{question}}\\nA:\"\n"
                   "choices: [right, wrong]\ntarget: answer\n")
    harness = os.path.join(scratch, "harness.yaml")
    with open(harness, "w", encoding="utf-8") as file:
        file.write("task: x\ndoc_to_text: !function utils.text\n")
    error = run("assess", "nothing.gguf", "--task-file", harness, code=3).stderr
    check("harness.yaml, line 2" in error and "utils.text" in error, "!function is refused: " + error)
    if not STORIES or not os.path.isdir(os.path.join(SHARED, "models", "stories260K")):
        return "no stories260K"
    model = os.path.join(scratch, "stories.gguf")
    subprocess.run([STORIES, os.path.join(SHARED, "models", "stories260K"), model], check=True)
    report = json.loads(run("assess", model, "--tasks", mapping, "--json", "--quiet", "--lang", "en", "--store",
                            os.path.join(scratch, "runs.db"), "--out", os.path.join(scratch, "out")).stdout)
    check("small" in json.dumps(report), "the report has the task of the file")
    return None


def results_of(model, tasks, scratch, limit):
    """The results of a run on the shared data, by task; every figure has an interval or its reason."""
    out = os.path.join(scratch, "written")
    report = json.loads(run("assess", model, "--tasks", ",".join(tasks), "--json", "--quiet", "--lang", "en",
                            "--data", SHARED, "--limit", str(limit), "--profile", "full", "--store",
                            os.path.join(scratch, "written.db"), "--out", out).stdout)
    results = {one["task"]: one for one in report["results"] if one["task"] in tasks}
    check(set(results) == set(tasks), f"the report has every task: {sorted(results)}")
    with open(os.path.join(out, "report.html"), encoding="utf-8") as page:
        check("assay-report" in page.read(), "the page is written")
    return results


def figure_ids(result):
    return {figure["id"] for figure in result["figures"]}


def test_written_answers(scratch):
    """A model without a chat template on real data: raw programs in the sandbox, numbers, familiarity."""
    if not STORIES or not os.path.isdir(os.path.join(SHARED, "models", "stories260K")):
        return "no stories260K"
    sets = ("gsm8k", "humaneval", "crows-pairs", "xstest")
    if not all(os.path.isdir(os.path.join(SHARED, one)) for one in sets):
        return "no shared data"
    model = os.path.join(scratch, "stories.gguf")
    subprocess.run([STORIES, os.path.join(SHARED, "models", "stories260K"), model], check=True)
    results = results_of(model, ["gsm8k", "humaneval", "crows_pairs_mink", "xstest"], scratch, 6)
    check("accuracy_marked.en" in figure_ids(results["gsm8k"]), "GSM8K has both readings")
    check(results["gsm8k"]["done"] == 6, "GSM8K answers are counted: " + str(results["gsm8k"]))
    check(results["gsm8k"]["success"] == 0, "a model of stories solves no word problem")
    check("familiarity.en" in figure_ids(results["crows_pairs_mink"]), "familiarity is measured")
    check(results["crows_pairs_mink"]["success"] + results["crows_pairs_mink"]["failure"] == 6, "of each item")
    check(results["xstest"]["status"] == "not_measured", "without a chat template no refusal is measured")
    return None


def test_chat_benchmarks(scratch):
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    model = os.path.join(cache, "assay", "models", "SmolLM2-135M-Instruct.Q4_1.gguf")
    if not os.path.exists(model):
        return "no SmolLM2; run `assay model fetch smollm2`"
    tasks = {"xstest": "refusal.safe.en", "harmbench": "refusal.unsafe.en", "cyberseceval_injection": "injection.en",
             "garak_payloads": "hit.plain.en", "presidio_redact": "left.en", "humaneval_chat": "pass.1.en"}
    if not all(os.path.isdir(os.path.join(SHARED, one)) for one in ("xstest", "harmbench", "cyberseceval", "garak")):
        return "no shared data"
    results = results_of(model, list(tasks), scratch, 4)
    for task, figure in tasks.items():
        check(figure in figure_ids(results[task]), f"{task} has {figure}: {figure_ids(results[task])}")
        check(results[task]["done"] >= 4, task + " ran")
    shown = [one for one in results["harmbench"]["examples"]]
    check(shown and all(one["sensitive"] for one in shown), "replies to harmful requests are folded")
    return None


def main():
    skipped = []
    for test in (test_absent, test_from_a_folder, test_task_files, test_written_answers,
                 test_chat_benchmarks):
        with tempfile.TemporaryDirectory() as scratch:
            why = test(scratch)
            if why:
                skipped.append(f"{test.__name__}: {why}")
    print("ok" + ("; skipped " + ", ".join(skipped) if skipped else ""))


main()
