#!/bin/sh
# From a clone to a moving, recorded arm: builds on first use, then runs the robot until Ctrl-C.
# All options go to launch-all; see launch-all.sh --help.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
home=$here/target/tendon

is_stale() {
  [ ! -x "$home/bin/launch-all" ] ||
    [ -n "$(find "$here/.." \( -name target -o -name .git \) -prune -o -type f \
      \( -path '*/src/main/*' -o -name pom.xml \) -newer "$home/lib" -print 2>/dev/null | head -n 1)" ]
}

if is_stale; then
  echo "Building Tendon (once; a few minutes when Maven's repository is empty)" >&2
  log=$(mktemp)
  if ! (cd "$here/.." && ./mvnw -B -q -DskipTests package) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "launch-all.sh: the build failed; see above" >&2
    exit 1
  fi
  rm -f "$log"
  touch "$home/lib"
fi
exec "$home/bin/launch-all" "$@"
