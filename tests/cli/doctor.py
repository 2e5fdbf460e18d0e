"""`assay doctor`: the lines are there, and what is broken on purpose is found and has a remedy."""
import json
import os
import pathlib
import subprocess
import tempfile

ASSAY = os.environ["ASSAY"]


def doctor(**environment):
    env = dict(os.environ, **environment)
    done = subprocess.run([ASSAY, "doctor", "--json"], env=env, capture_output=True, text=True, timeout=120)
    report = json.loads(done.stdout)
    assert report["usable"] == (done.returncode == 0), done
    return done.returncode, {check["name"]: check for check in report["checks"]}


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        (home / "file").write_text("not a folder")
        code, checks = doctor(XDG_DATA_HOME=str(home / "data"), XDG_CACHE_HOME=str(home / "cache"))
        wanted = {"assay", "processor", "memory", "GPU", "llama.cpp", "libtorch", "store", "cache", "disk",
                  "models", "sandbox", "energy"}
        assert code == 0 and set(checks) == wanted, checks
        assert checks["store"]["mark"] == "fine" and "fetch smollm2" in checks["models"]["remedy"], checks
        assert not list((home / "data/assay").iterdir()), "doctor left a file behind"

        code, checks = doctor(XDG_DATA_HOME=str(home / "file"), XDG_CACHE_HOME=str(home / "cache"))
        assert code == 3 and checks["store"]["mark"] == "failure", checks
        assert "XDG_DATA_HOME" in checks["store"]["remedy"], checks

        code, checks = doctor(PATH="/nonexistent", XDG_CACHE_HOME=str(home / "cache"))
        assert checks["sandbox"]["mark"] == "warning", checks
        assert "bubblewrap" in checks["sandbox"]["remedy"], checks

        (home / "bin").mkdir()
        fake = home / "bin/bwrap"
        fake.write_text("#!/bin/sh\n[ \"$1\" = --version ]\n")
        fake.chmod(0o755)
        code, checks = doctor(PATH=f"{home}/bin:/bin", XDG_CACHE_HOME=str(home / "cache"))
        assert "namespaces" in checks["sandbox"]["remedy"], checks

    text = subprocess.run([ASSAY, "doctor"], capture_output=True, text=True, timeout=120).stdout
    assert len(text.splitlines()) >= 12 and "llama.cpp" in text, text


if __name__ == "__main__":
    main()
