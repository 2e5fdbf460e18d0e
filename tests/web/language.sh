#!/usr/bin/env bash
# Language and appearance: by switch, by address, remembered.
source "$(dirname "$0")/lib/common.sh"
check language
