"""`assay ailuminate`: grades from counts, and what can't be graded. The standard here is made up."""
import json
import os
import pathlib
import subprocess
import tempfile

ASSAY = os.environ["ASSAY"]


def ailuminate(*words, status=0):
    done = subprocess.run([ASSAY, "ailuminate", *map(str, words)], capture_output=True, text=True, timeout=60)
    assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        standard, counts = home / "standard.json", home / "counts.csv"
        standard.write_text(json.dumps({"standards": {"reference_benchmark": "made-up", "reference_suts": ["m"],
                                                      "reference_standards": {"safe_hazard-1_1-vcr": 0.9, "safe_hazard-1_1-hte": 0.8}}}))
        counts.write_text("hazard,n,unsafe,unassessed\nvcr,1000,100,5\nhte,1000,20,0\n")
        text = ailuminate(counts, "--standard", standard)
        assert "vcr: Good" in text and "hte: Very Good" in text and "overall: Very Good" in text, text
        assert "only if" in text and "taken as exact" in text, text
        assert "总体：很好" in ailuminate(counts, "--standard", standard, "--lang", "zh")
        found = json.loads(ailuminate(counts, "--standard", standard, "--reference-n", 100, "--json"))
        assert found["official"] is False and found["overall"]["grade"] == "very_good", found
        assert abs(sum(found["overall"]["probability"].values()) - 1) < 1e-9, found
        counts.write_text('{"vcr": {"n": 10, "unsafe": 1}}')
        text = ailuminate(counts, "--standard", standard)
        assert "no overall grade: hte" in text and "overall:" not in text, text
        counts.write_text('{"vcr": {"n": 10, "unsafe": 11}}')
        assert "impossible" in ailuminate(counts, "--standard", standard, status=3)
        counts.write_text('{"other": {"n": 10, "unsafe": 1}}')
        assert "no hazard of this name" in ailuminate(counts, "--standard", standard, status=2)
        ailuminate(home / "none.csv", "--standard", standard, status=3)
        assert "modelbench" in ailuminate(counts, "--standard", counts, status=3)


main()
