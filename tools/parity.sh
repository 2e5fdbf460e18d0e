#!/usr/bin/env bash
# parity.sh [REGEX]: runs the comparisons of tests/parity/ with the reference implementations.
# They need a Python with torch, transformers, gguf, scipy, statsmodels (and lm-eval for speed):
# set ASSAY_PYTHON to its interpreter; the default is python3.
set -euo pipefail
cd "$(dirname "$0")/.."
pattern=${1:-.}
python=${ASSAY_PYTHON:-python3}
missing=()
for module in torch transformers gguf scipy statsmodels; do
  "$python" -c "import importlib.util,sys; sys.exit(importlib.util.find_spec('$module') is None)" || missing+=("$module")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "parity: $python lacks: ${missing[*]}" >&2
  echo "parity: python3 -m venv DIR && DIR/bin/pip install ${missing[*]}, then make parity ASSAY_PYTHON=DIR/bin/python" >&2
  exit 1
fi
export ASSAY=$PWD/build/release/src/assay ASSAY_BINARY_DIR=$PWD/build/release ASSAY_SOURCE_DIR=$PWD
export ASSAY_SHARED_DATA=${ASSAY_SHARED_DATA:-$PWD/../shared/data}
failed=0
ran=0
shopt -s nullglob
for script in tests/parity/*.py; do
  if ! [[ $(basename "$script") =~ $pattern ]]; then continue; fi
  ran=$((ran + 1))
  echo "parity: $script"
  code=0
  "$python" "$script" || code=$?
  if [ "$code" != 0 ] && [ "$code" != 77 ]; then
    echo "parity: $script FAILED with status $code" >&2
    failed=1
  fi
done
echo "parity: $ran scripts"
exit $failed
