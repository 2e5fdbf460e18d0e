#!/usr/bin/env bash
# deps.sh build|test: installs the Debian (12 or newer) or Ubuntu (24.04 or newer) packages that are
# missing. As root, or where sudo asks for no password, it installs; elsewhere it lists what to
# install and fails. With nothing missing it needs no network and does nothing.
set -euo pipefail
what=${1:-build}

# A line: package, then optionally a command that serves as well wherever it came from.
build_packages="
g++ g++
cmake cmake
ninja-build ninja
make make
pkg-config pkg-config
ccache ccache
python3 python3
ca-certificates
nlohmann-json3-dev
libexpected-dev
libsqlitecpp-dev
libsqlite3-dev
libspdlog-dev
libcli11-dev
libboost-dev
libeigen3-dev
libcurl4-openssl-dev
libssl-dev
libsodium-dev
libzip-dev
libarchive-dev
libicu-dev
libre2-dev
libyaml-cpp-dev
libpq-dev
libgtest-dev
libgmock-dev
librapidcheck-dev
libbenchmark-dev
nodejs node
npm npm
bubblewrap bwrap
libtorch-dev
libopenblas0-openmp
"
test_packages="
clang-14 clang++-14
clang-format-14 clang-format-14
clang-tidy-14 clang-tidy-14
libclang-rt-14-dev
chromium chromium
python3-jsonschema
python3-cryptography
openmpi-bin mpirun
postgresql
"
optional="libtorch-dev libopenblas0-openmp openmpi-bin postgresql clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev chromium python3-jsonschema python3-cryptography"  # their tests skip aloud; the white box is left out

case $what in
  build) wanted=$build_packages ;;
  test) wanted=$build_packages$test_packages ;;
  *) echo "usage: deps.sh build|test" >&2; exit 2 ;;
esac

missing=()
while read -r package command; do
  [ -n "$package" ] || continue
  if [ -n "${command:-}" ] && command -v "$command" >/dev/null; then continue; fi
  if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ]; then continue; fi
  missing+=("$package")
done <<<"$wanted"

if [ ${#missing[@]} -eq 0 ]; then
  echo "deps: every package for '$what' is installed"
  exit 0
fi
echo "deps: missing: ${missing[*]}"
by_hand() {
  echo "deps: $1. Install these, then run this again:" >&2
  echo "    apt-get install -y --no-install-recommends ${missing[*]}" >&2
  exit 1
}
command -v apt-get >/dev/null || by_hand "this machine has no apt-get"
if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  by_hand "not root, and sudo would ask for a password"
fi
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q "$@"; }
apt update || echo "deps: 'apt-get update' failed; going on with the lists that are here" >&2

# Newer releases have dropped some of the optional tools.
installable=()
for package in "${missing[@]}"; do
  if [[ " $optional " == *" $package "* ]] &&
    [ -z "$(apt-cache policy "$package" | sed -n 's/ *Candidate: //p' | grep -v '(none)')" ]; then
    echo "deps: this release has no $package; the tests that need it will be skipped" >&2
  else
    installable+=("$package")
  fi
done
if [ ${#installable[@]} -gt 0 ]; then
  apt install -y --no-install-recommends "${installable[@]}" || by_hand "apt-get failed"
fi
echo "deps: installed ${installable[*]:-nothing}"
