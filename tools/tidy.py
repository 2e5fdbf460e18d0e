#!/usr/bin/env python3
"""tidy.py BUILD_DIR: clang-tidy 14 over the files of src/ in BUILD_DIR's compile_commands.json, but for
the word banks of src/eval/items: files with more text in string literals than outside; and what includes
libtorch, whose headers (1.13) Clang 14 cannot read as C++20.

A file that was clean is remembered in the user's cache under the hash of itself, our headers that it
includes itself, its flags, .clang-tidy and the tool. So a second run checks only what has changed. Headers
further down are not in the hash, since a change to one of the first would have every file checked again;
each is looked at in the files that include it themselves. Exits 77 (skipped) where clang-tidy-14 is not installed.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')
COMMENT = re.compile(r"//[^\n]*")


def is_word_bank(file):
    if pathlib.Path(file).parent.name != "items":
        return False
    text = COMMENT.sub("", pathlib.Path(file).read_text())
    code = LITERAL.sub("", text)
    outside = len(re.sub(r"[\s,{}]", "", code))
    return len(text) - len(code) > outside


def uses_torch(file):
    return any(re.search(r"#include <(ATen|torch)/", f.read_text()) for f in reached(pathlib.Path(file), set()))


def included(file):
    """`file` and our headers that it includes itself."""
    places = [folder / name for name in INCLUDE.findall(file.read_text()) for folder in (SRC, file.parent)]
    return {file, *(place.resolve() for place in places if place.exists())}


def reached(file, seen):
    """`file` and our headers that it includes, directly or not."""
    if file in seen or not file.exists():
        return seen
    seen.add(file)
    for name in INCLUDE.findall(file.read_text()):
        reached(SRC / name, seen)
        reached(file.parent / name, seen)
    return seen


def key(entry, tool_version):
    digest = hashlib.sha256(tool_version.encode() + (ROOT / ".clang-tidy").read_bytes())
    flags = [part for part in entry["command"].split() if not part.startswith(("-o", "-I", "CCACHE"))]
    digest.update(" ".join(part for part in flags if "/" not in part).encode())
    for file in sorted(included(pathlib.Path(entry["file"]))):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def main():
    build = pathlib.Path(sys.argv[1])
    tool = shutil.which("clang-tidy-14")
    if not tool:
        print("tidy: SKIPPED: clang-tidy-14 is missing; run `make deps-test`")
        return 77
    version = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
    cache_home = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    clean = pathlib.Path(cache_home) / "assay/tidy"
    clean.mkdir(parents=True, exist_ok=True)
    entries = [entry for entry in json.loads((build / "compile_commands.json").read_text())
               if pathlib.Path(entry["file"]).is_relative_to(SRC)]
    banks = [entry for entry in entries if is_word_bank(entry["file"])]
    torch = [entry for entry in entries if uses_torch(entry["file"])]
    entries = [entry for entry in entries if entry not in banks and entry not in torch]
    todo = [(entry["file"], clean / key(entry, version)) for entry in entries]
    todo = [(file, mark) for file, mark in todo if not mark.exists()]
    print(f"tidy: {len(entries)} files, {len(entries) - len(todo)} known to be clean; "
          f"{len(banks)} word banks and {len(torch)} with libtorch left out", flush=True)

    def check(item):
        file, mark = item
        done = subprocess.run([tool, "-p", str(build), "--quiet", "--extra-arg=-Wno-unknown-warning-option",
                               file], capture_output=True, text=True)
        if done.returncode == 0:
            mark.touch()
        return file, done

    bad = 0
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS") or os.cpu_count() or 1)) as pool:
        for file, done in pool.map(check, todo):
            if done.returncode:
                bad += 1
                print(f"{pathlib.Path(file).relative_to(ROOT)}:\n{done.stdout}{done.stderr}", flush=True)
    print(f"tidy: {bad} files have findings" if bad else "tidy: clean")
    return 1 if bad else 0


sys.exit(main())
