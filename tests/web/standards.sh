#!/usr/bin/env bash
# The safety case and the crosswalk: complete, folded, linked; a report without them has neither.
source "$(dirname "$0")/lib/common.sh"
check standards
