#!/usr/bin/env bash
# format.sh [--check]: clang-format 14 over every C++ file of the tree. --check only compares, and
# exits 77 (skipped) where clang-format 14 is not installed: other versions format otherwise.
set -euo pipefail
cd "$(dirname "$0")/.."
formatter=$(command -v clang-format-14 || true)
if [ -z "$formatter" ] && clang-format --version 2>/dev/null | grep -q 'version 14\.'; then
  formatter=clang-format
fi
if [ -z "$formatter" ]; then
  echo "format: SKIPPED: clang-format-14 is missing; run \`make deps-test\`" >&2
  exit 77
fi
folders=()
for folder in src tests bench fuzz; do
  if [ -d "$folder" ]; then folders+=("$folder"); fi
done
mapfile -t files < <(find "${folders[@]}" -name '*.cpp' -o -name '*.h' | sort)
if [ "${1:-}" = --check ]; then
  "$formatter" --dry-run --Werror "${files[@]}"
  echo "format: ${#files[@]} files are formatted"
else
  "$formatter" -i "${files[@]}"
  echo "format: formatted ${#files[@]} files"
fi
