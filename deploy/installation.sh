# Sourced by the scripts beside it, which set "here": builds the installation at $home on first use and when it is older
# than its sources.
home=$here/target/tendon

is_stale() {
  [ ! -x "$home/bin/launch-all" ] ||
    [ -n "$(find "$here/.." \( -name target -o -name .git \) -prune -o -type f \
      \( -path '*/src/main/*' -o -name pom.xml \) -newer "$home/lib" -print 2>/dev/null | head -n 1)" ]
}

build_when_stale() {
  is_stale || return 0
  echo "Building Tendon (once; a few minutes when Maven's repository is empty)" >&2
  log=$(mktemp)
  if ! (cd "$here/.." && ./mvnw -B -q -DskipTests package) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "$(basename "$0"): the build failed; see above" >&2
    exit 1
  fi
  rm -f "$log"
  touch "$home/lib"
}
