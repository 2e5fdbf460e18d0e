#!/usr/bin/env bash
# Installs build/release into a scratch folder, unpacks the .deb beside it, and runs both programs
# there: what is installed must work without the source tree.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in cmake dpkg-deb; do
  command -v "$tool" >/dev/null || { echo "install-check: $tool is missing" >&2; exit 1; }
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
deb=$(find build/release -maxdepth 1 -name 'assay_*.deb' -printf '%T@ %p\n' | sort -n | tail -1 | cut -d' ' -f2)
[ -n "$deb" ] || { echo "install-check: there is no .deb; run \`make package\`" >&2; exit 1; }
cmake --install build/release --prefix "$scratch/prefix" >/dev/null
dpkg-deb -x "$deb" "$scratch/deb"
dpkg-deb -f "$deb" Package Version Depends Recommends Installed-Size
grep -q libcurl <<<"$(dpkg-deb -f "$deb" Depends)" || { echo "install-check: the .deb lacks its dependencies" >&2; exit 1; }
for root in "$scratch/prefix" "$scratch/deb/usr"; do
  for file in bin/assay share/man/man1/assay.1 share/doc/assay/copyright share/doc/assay/third-party/llama.cpp; do
    [ -s "$root/$file" ] || { echo "install-check: $root lacks $file" >&2; exit 1; }
  done
  (cd / && XDG_DATA_HOME=$scratch/data XDG_CACHE_HOME=$scratch/cache "$root/bin/assay" doctor >"$scratch/out") || { cat "$scratch/out"; exit 1; }
  echo "install-check: ${root#"$scratch"/}: $("$root/bin/assay" --version), doctor is content"
done
if grep -c "$PWD" "$scratch/deb/usr/bin/assay" >/dev/null; then
  echo "install-check: the installed program mentions the source folder" >&2
  exit 1
fi
