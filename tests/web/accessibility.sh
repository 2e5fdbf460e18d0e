#!/usr/bin/env bash
# axe-core finds no serious violation in both languages, light and dark, wide and narrow.
source "$(dirname "$0")/lib/common.sh"
check accessibility
