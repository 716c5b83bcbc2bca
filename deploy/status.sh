#!/bin/sh
# The panel of a robot that runs already. All options go to tendon-status; see status.sh --help.
# Builds nothing: the robot runs from what would be replaced.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
status=$here/target/tendon/bin/tendon-status
if [ ! -x "$status" ]; then
  echo "status.sh: $status is not there; launch-all.sh builds it and starts a robot" >&2
  exit 1
fi
exec "$status" "$@"
