#!/bin/sh
# The isolation certificate of this machine: builds on first use, then measures for about ten minutes.
# All options go to tendon-certify; see certify.sh --help.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$here/installation.sh"
build_when_stale
exec "$home/bin/tendon-certify" "$@"
