#!/usr/bin/env bash
# Paper: everything unfolded, nothing sticky, light colours; the PDF is made.
source "$(dirname "$0")/lib/common.sh"
check print
