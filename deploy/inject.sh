#!/bin/sh
# Injects a fault into a robot that runs already. All options go to tendon-inject; see inject.sh --help.
# Builds nothing: the robot runs from what would be replaced.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
inject=$here/target/tendon/bin/tendon-inject
if [ ! -x "$inject" ]; then
  echo "inject.sh: $inject is not there; launch-all.sh builds it and starts a robot" >&2
  exit 1
fi
exec "$inject" "$@"
