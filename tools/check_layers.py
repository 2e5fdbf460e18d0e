#!/usr/bin/env python3
"""Compares every #include "x/..." in src/ with src/LAYERS; exits 1 with the violations."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
layers = {}
for line in (root / "src/LAYERS").read_text().splitlines():
    line = line.split("#")[0].strip()
    if line:
        folder, _, allowed = line.partition(":")
        layers[folder.strip()] = set(allowed.split())

bad = []
for file in sorted((root / "src").rglob("*")):
    if file.suffix not in {".h", ".cpp"}:
        continue
    rel = file.relative_to(root).as_posix()
    owners = [folder for folder in layers if rel.startswith(folder + "/")]
    if not owners:
        bad.append(f"{rel}: its folder has no line in src/LAYERS")
        continue
    owner = max(owners, key=len)
    own = owner.removeprefix("src/").split("/")[0]
    for number, text in enumerate(file.read_text().splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+"([a-z_]+)/', text)
        if match and match[1] != own and match[1] not in layers[owner]:
            bad.append(f"{rel}:{number}: {own} may not include {match[1]}")
print("\n".join(bad) if bad else "layers: fine")
sys.exit(1 if bad else 0)
