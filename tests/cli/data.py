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


def main():
    skipped = []
    for test in (test_absent, test_from_a_folder, test_task_files):
        with tempfile.TemporaryDirectory() as scratch:
            why = test(scratch)
            if why:
                skipped.append(f"{test.__name__}: {why}")
    print("ok" + ("; skipped " + ", ".join(skipped) if skipped else ""))


main()
