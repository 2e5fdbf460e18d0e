# Sourced by tests/web/*.sh: finds what they need, or skips (77) with the reason. Then
# `check NAME` runs lib/NAME.mjs on a report: $ASSAY_REPORT_HTML if that is set, else the page that
# the build made, filled with the invented report of web/src/sample.ts.
set -euo pipefail
skip() { echo "skipped: $1"; exit 77; }

source_dir=${ASSAY_SOURCE_DIR:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)}
binary_dir=${ASSAY_BINARY_DIR:-$source_dir/build/release}
lib=$source_dir/tests/web/lib

command -v node >/dev/null || skip "no node (apt-get install nodejs)"
CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -n "$CHROMIUM" ] || skip "no Chromium (apt-get install chromium)"

first_of() { for path in "$@"; do [ -e "$path" ] && { echo "$path"; break; }; done; true; }
modules=$(first_of "$binary_dir"/web/node_modules/playwright-core "$binary_dir"/web-src/node_modules/playwright-core \
  "$source_dir"/web/node_modules/playwright-core "$binary_dir"/node_modules/playwright-core)
[ -n "$modules" ] || skip "no playwright-core (npm ci in web/)"
NODE_MODULES=$(dirname "$modules")
page=$(first_of "$binary_dir"/web/page/index.html "$binary_dir"/web/index.html "$binary_dir"/web/dist/index.html "$source_dir"/web/dist/index.html)
[ -n "$page" ] || skip "the page is not built (npm run build in web/)"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$page" "$work/empty.html"
if [ -n "${ASSAY_REPORT_HTML:-}" ]; then
  cp "$ASSAY_REPORT_HTML" "$work/report.html"
else
  # fill.mjs finds esbuild beside the sample, or in NODE_MODULES
  NODE_MODULES=$NODE_MODULES node "$source_dir/web/scripts/fill.mjs" "$page" "$work/report.html"
  NODE_MODULES=$NODE_MODULES node "$source_dir/web/scripts/fill.mjs" "$page" "$work/unfinished.html" --unfinished
fi
export CHROMIUM NODE_MODULES

check() { node "$lib/$1.mjs" "$work"; }
