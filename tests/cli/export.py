"""`assay export RUN --to in-toto|cyclonedx|oscal`: the documents, the files that they name, and what is refused.
Whether they hold to the standards' schemas is looked at by tests/parity/standards.py."""
import hashlib
import json
import os
import pathlib
import subprocess
import tempfile

ASSAY = os.environ["ASSAY"]
GOLDEN = pathlib.Path(os.environ["ASSAY_SOURCE_DIR"]) / "tests/golden/logs"
FILES = {"in-toto": "statement.intoto.json", "cyclonedx": "bom.cdx.json", "oscal": "assessment-results.oscal.json"}


def assay(*words, status=0, says=()):
    done = subprocess.run([ASSAY, *map(str, words)], capture_output=True, text=True, timeout=300)
    told = f"{' '.join(map(str, words))}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    assert done.returncode == status, told
    for piece in says:
        assert piece in done.stdout + done.stderr, f"no {piece!r} in {told}"
    return done


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_documents(home, store, run):
    assay("report", run, "--out", home / "report", *store)
    made = {}
    for standard, name in FILES.items():
        for lang in ("en", "zh"):
            out = home / standard / lang
            done = json.loads(assay("export", run, "--to", standard, "--lang", lang, "--out", out, "--json", *store).stdout)
            assert done["run"].startswith(run) or run == "latest", done
            assert pathlib.Path(done["files"][0]) == out / name, done
            assert digest(out / "report.json") == digest(home / "report/report.json"), "another report"
            made[standard, lang] = json.loads((out / name).read_text())
            again = home / "again"
            assay("export", run, "--format", standard, "--lang", lang, "--out", again, *store)
            assert (again / name).read_bytes() == (out / name).read_bytes(), f"{name} is not made the same twice"
    return made


def check_digests(home, made):
    out = home / "in-toto/en"
    named = {s["name"]: s["digest"]["sha256"] for s in made["in-toto", "en"]["subject"]}
    for name in ("report.json", "report.md", "report.zh.md", "report.html"):
        assert named[name] == digest(out / name), name
    references = made["cyclonedx", "en"]["components"][0]["externalReferences"]
    assert [r["url"] for r in references] == ["report.json", "report.md", "report.zh.md", "report.html"], references
    resources = made["oscal", "en"]["assessment-results"]["back-matter"]["resources"]
    links = [link for resource in resources for link in resource.get("rlinks", [])]
    assert {link["href"]: link["hashes"][0]["value"] for link in links}["report.json"] == named["report.json"], links


def check_contents(made):
    predicate = made["in-toto", "en"]["predicate"]
    assert made["in-toto", "en"]["_type"] == "https://in-toto.io/Statement/v1"
    assert predicate["result"] in ("PASSED", "WARNED", "FAILED"), predicate
    assert made["in-toto", "zh"] == made["in-toto", "en"], "it has no text"
    bom = made["cyclonedx", "en"]
    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6"), bom
    metrics = bom["components"][0]["modelCard"]["quantitativeAnalysis"]["performanceMetrics"]
    assert metrics and all(isinstance(m["value"], str) for m in metrics), metrics
    results = made["oscal", "en"]["assessment-results"]
    assert results["metadata"]["oscal-version"] == "1.1.3" and results["results"][0]["observations"], results
    assert "未测量" in json.dumps(made["oscal", "zh"], ensure_ascii=False), "no Chinese"
    assert "证据的局限" in json.dumps(made["cyclonedx", "zh"], ensure_ascii=False), "no Chinese"


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        store = ("--store", home / "runs.db")
        run = json.loads(assay("import", GOLDEN / "capitals.eval", "--json", *store).stdout)[0]["run"]
        made = check_documents(home, store, run)
        check_digests(home, made)
        check_contents(made)
        assay("export", run, "--to", "helm", *store, status=2, says=["lm-eval", "oscal"])
        assay("export", run, "--to", "oscal", "--task", "capitals", *store, status=2, says=["the whole run", "--lang"])
        assay("export", "none", "--to", "oscal", *store, status=3, says=["none"])
        (home / "taken").write_text("x")
        assay("export", run, "--to", "in-toto", "--out", home / "taken", *store, status=3, says=["taken", "--out"])
        assert (home / "taken").read_text() == "x"


main()
