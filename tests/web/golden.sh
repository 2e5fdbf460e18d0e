#!/usr/bin/env bash
# The document that src/report builds (its golden file, hostile strings included) in the real page.
source "$(dirname "$0")/lib/common.sh"
golden=$source_dir/tests/golden/report/report.json
[ -f "$golden" ] || skip "no $golden"
export ASSAY_REPORT_HTML=$work/report.html # no longer the invented report
node "$source_dir/web/scripts/fill.mjs" "$page" "$ASSAY_REPORT_HTML" "$golden"
rm -f "$work/unfinished.html"
for name in offline layout sensitive navigation print; do
  check $name
done
