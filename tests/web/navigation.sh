#!/usr/bin/env bash
# Links open folded parts, the filter and the keyboard work, methods show on focus.
source "$(dirname "$0")/lib/common.sh"
check navigation
