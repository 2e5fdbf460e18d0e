#!/usr/bin/env bash
# build-llama.sh [--server]: fetches llama.cpp (pinned and hash-checked) and builds it in the user's
# cache: $ASSAY_LLAMA_ROOT, or $XDG_CACHE_HOME/assay/llama, or ~/.cache/assay/llama.
#   without  the static libraries that Assay is linked with, in build-VERSION
#   --server the programs llama-server and llama-batched-bench, for tests and benches, in
#            tools-VERSION/bin; of the same source, with a folder and a stamp of their own
# A stamp holds what the build depends on (version, our patch, flags, compiler, processor), so this
# does nothing when all is there, and an interrupted build goes on where it stopped.
set -euo pipefail
tools=$(cd "$(dirname "$0")" && pwd)
version=0.3.36
sdist=llama_cpp_python-$version.tar.gz
sdist_sha256=832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e
case ${1:-} in
  "") what=build with=OFF extra=() targets=(all) minutes=4 ;;
  --server) what=tools with=ON minutes=6
    extra=(-DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF)  # else it would be downloaded
    targets=(llama-server llama-batched-bench) ;;
  *) echo "usage: build-llama.sh [--server]" >&2; exit 2 ;;
esac
flags=(-G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DLLAMA_BUILD_TOOLS=$with
  -DLLAMA_BUILD_SERVER=$with -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_APP=OFF
  -DLLAMA_OPENSSL=OFF -DLLAMA_BUILD_COMMON=ON -DGGML_NATIVE=ON -DCMAKE_POSITION_INDEPENDENT_CODE=ON
  "${extra[@]}")
root=${ASSAY_LLAMA_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/assay/llama}
src=$root/src-$version
build=$root/$what-$version
log=$root/$what.log

for tool in cmake ninja c++ python3 tar; do
  command -v "$tool" >/dev/null || { echo "llama.cpp: $tool is missing; run \`make deps\`" >&2; exit 1; }
done
cpu=$(grep -m1 -E '^(flags|Features)' /proc/cpuinfo | sha256sum | cut -c1-16)
stamp="version $version
patch $(cat "$tools/patch_llama.py" "$tools"/llama/* | sha256sum | cut -c1-16)
flags ${flags[*]}
compiler $(c++ --version | head -1)
cpu $cpu"

mkdir -p "$root"
exec 9>"$root/.lock"
flock -n 9 || { echo "llama.cpp: another build is under way in $root; waiting"; flock 9; }

if [ "$(cat "$build/.assay-stamp" 2>/dev/null)" = "$stamp" ]; then
  echo "llama.cpp: built already in $build"
  exit 0
fi
if [ ! -f "$src/CMakeLists.txt" ]; then
  python3 "$tools/fetch_pypi.py" llama-cpp-python "$sdist" "$sdist_sha256" "$root/$sdist"
  echo "llama.cpp: unpacking to $src"
  rm -rf "$src.new" && mkdir "$src.new"
  tar -xzf "$root/$sdist" -C "$src.new" --strip-components=3 "llama_cpp_python-$version/vendor/llama.cpp"
  rm -rf "$src" && mv "$src.new" "$src"
  rm -f "$root/$sdist"
fi
python3 "$tools/patch_llama.py" "$src"
if [ -f "$build/.assay-stamp" ]; then
  echo "llama.cpp: patch, flags, compiler or processor have changed; building anew"
  rm -rf "$build"
fi
launcher=()
if command -v ccache >/dev/null; then
  launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  export CCACHE_NAMESPACE=native-$cpu  # -march=native means another thing on another processor
fi
jobs=${JOBS:-$(nproc)}
echo "llama.cpp: building in $build with $jobs jobs (about $minutes minutes on 2 cores); log: $log"
{ cmake -S "$src" -B "$build" "${flags[@]}" "${launcher[@]}" && cmake --build "$build" -j "$jobs" --target "${targets[@]}"; } >"$log" 2>&1 || {
  tail -30 "$log" >&2
  echo "llama.cpp: the build failed; the whole log is $log. Run this again to go on" >&2
  exit 1
}
printf '%s\n' "$stamp" >"$build/.assay-stamp"
echo "llama.cpp: built in $build"
