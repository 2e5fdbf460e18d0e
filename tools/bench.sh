#!/usr/bin/env bash
# bench.sh [REGEX]: builds the release benchmarks and runs each program and script of bench/ whose
# name matches. Logs are in build/release/bench/. A script that cannot run here exits 77, saying why.
set -euo pipefail
cd "$(dirname "$0")/.."
pattern=${1:-.}
tools/build.sh release
cmake --build build/release --target benches -j "${JOBS:-$(nproc)}"
export ASSAY=$PWD/build/release/src/assay ASSAY_BINARY_DIR=$PWD/build/release ASSAY_SOURCE_DIR=$PWD
export ASSAY_SHARED_DATA=${ASSAY_SHARED_DATA:-$PWD/../shared/data}
failed=0
shopt -s nullglob
for item in build/release/bench/bench_* bench/*.sh bench/*.py; do
  name=$(basename "$item")
  if ! [ -f "$item" ] || ! [ -x "$item" ] || [[ $name == *.log ]] || ! [[ $name =~ $pattern ]]; then continue; fi
  echo "bench: $name"
  code=0
  "$item" 2>&1 | tee "build/release/bench/$name.log" || code=${PIPESTATUS[0]}
  case $code in
    0) ;;
    77) echo "bench: $name SKIPPED" ;;
    *) echo "bench: $name FAILED with status $code" >&2; failed=1 ;;
  esac
done
exit $failed
