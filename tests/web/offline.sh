#!/usr/bin/env bash
# A report opens from file:// without a network request, an error, or anything of a transcript being run.
source "$(dirname "$0")/lib/common.sh"
check offline
