#!/usr/bin/env bash
# build.sh PRESET [TARGET...]: configures (once) and builds build/PRESET, or only the targets.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:?usage: build.sh PRESET [TARGET...]}
shift
jobs=${JOBS:-$(nproc)}
for tool in cmake ninja; do
  command -v "$tool" >/dev/null || { echo "build: $tool is missing; run \`make deps\`" >&2; exit 1; }
done
log=build/$preset/configure.log
mkdir -p "build/$preset"
echo "build: configuring build/$preset"
cmake --preset "$preset" >"$log" 2>&1 || { tail -20 "$log" >&2; echo "build: configuring failed; if something is missing, run \`make deps\`" >&2; exit 1; }
echo "build: building build/$preset with $jobs jobs"
cmake --build --preset "$preset" -j "$jobs" ${1:+--target "$@"}
