#!/usr/bin/env bash
# Sensitive examples are not in the page, nor on paper, until they are asked for.
source "$(dirname "$0")/lib/common.sh"
check sensitive
