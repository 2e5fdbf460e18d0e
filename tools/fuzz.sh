#!/usr/bin/env bash
# fuzz.sh: builds the fuzzers with Clang and runs each for FUZZ_SECONDS (60), from its seeds in
# fuzz/corpus. New inputs are kept in build/fuzz/corpus. Exits 77 (skipped) where clang++-14 or its
# libFuzzer is missing. `make test` runs the same functions without libFuzzer (fuzz/replay).
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v clang++-14 >/dev/null ||
  ! [ -f "$(clang++-14 -print-file-name="$(clang++-14 -print-resource-dir)/lib/linux/libclang_rt.fuzzer-$(uname -m).a")" ]; then
  echo "fuzz: SKIPPED: clang-14 or libclang-rt-14-dev is missing; run \`make deps-test\`" >&2
  exit 77
fi
limit=(-max_total_time="${FUZZ_SECONDS:-60}")
tools/build.sh fuzz
export ASAN_OPTIONS=detect_leaks=1:detect_container_overflow=0 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
for source in fuzz/*_fuzz.cpp; do
  program=$(basename "$source" .cpp)
  name=${program%_fuzz}
  found=build/fuzz/corpus/$name
  mkdir -p "$found" "fuzz/corpus/$name"
  log=build/fuzz/$program.log
  echo "fuzz: $program"
  "build/fuzz/fuzz/$program" "${limit[@]}" -max_len=65536 -timeout=10 -rss_limit_mb=4096 \
    -artifact_prefix="build/fuzz/crash-$name-" "$found" "fuzz/corpus/$name" >"$log" 2>&1 || {
    tail -40 "$log" >&2
    echo "fuzz: $program found a defect; the input is build/fuzz/crash-$name-*, the log $log" >&2
    exit 1
  }
  tail -1 "$log"
done
