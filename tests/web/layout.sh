#!/usr/bin/env bash
# No sideways scrolling at 360 px; the menu of a narrow screen.
source "$(dirname "$0")/lib/common.sh"
check layout
