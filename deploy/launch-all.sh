#!/bin/sh
# From a clone to a moving, recorded arm: builds on first use, then runs the robot until Ctrl-C.
# All options go to launch-all; see launch-all.sh --help.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$here/installation.sh"
build_when_stale
exec "$home/bin/launch-all" "$@"
