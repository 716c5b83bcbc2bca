# Sourced by the commands beside it: finds Java and Tendon, and says how each process's JVM runs.
TENDON_HOME=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
export TENDON_HOME

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
else
  java=$(command -v java || true)
fi
if [ -z "$java" ] || [ ! -x "$java" ]; then
  echo "$(basename "$0"): no Java found (JAVA_HOME=${JAVA_HOME:-unset}); install a JDK 17 or newer or set JAVA_HOME to one" >&2
  exit 1
fi

# The release file says the version without starting a JVM.
java_home=$(CDPATH= cd -- "$(dirname -- "$(readlink -f "$java")")/.." && pwd)
java_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java_home/release" 2>/dev/null || true)
[ -n "$java_version" ] || java_version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
if [ "${java_version:-0}" -lt 17 ]; then
  echo "$(basename "$0"): $java is Java ${java_version:-unknown}; must be 17 or newer; set JAVA_HOME to one" >&2
  exit 1
fi

# Agrona reaches into jdk.internal.misc and, for CRC32C, java.util.zip. No hsperfdata: it is a mapped file on a disk.
jvm_flags="--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED --add-opens=java.base/java.util.zip=ALL-UNNAMED
  -XX:+UseSerialGC -XX:+PerfDisableSharedMem -Xss512k -Dtendon.home=$TENDON_HOME"
if [ "$java_version" -ge 23 ]; then
  jvm_flags="$jvm_flags --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
fi

# A node that runs stops for nothing but its own garbage: no safepoint once a second for housekeeping. Its compiled code
# takes 4 to 7 MB; a small cache is kept in one piece instead of three.
run_flags="-XX:+UnlockDiagnosticVMOptions -XX:GuaranteedSafepointInterval=0 -XX:+AlwaysPreTouch
  -XX:ReservedCodeCacheSize=24m"

# tendon_exec HEAP YOUNG MAIN_CLASS ARGS...: the heap, YOUNG of it for what does not live long, is fixed and touched at
# once for a process that runs; small and lazy for a command that answers.
tendon_exec() {
  heap=$1
  young=$2
  main=$3
  shift 3
  if [ "${1:-}" = run ]; then
    jvm_flags="$jvm_flags $run_flags -Xms$heap -Xmx$heap -Xmn$young"
    # What the JVM's compilers have freed goes back to the system at once, and does not stay in glibc's arenas.
    export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
    export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-16384}"
    export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-65536}"
    # Under a launcher, Ctrl-C is the launcher's: it stops the processes in their order.
    [ -z "${TENDON_SUPERVISED:-}" ] || trap '' INT
  else
    jvm_flags="$jvm_flags -Xmx256m -XX:TieredStopAtLevel=1 -Xshare:auto"
  fi
  # shellcheck disable=SC2086 # flags are words
  exec "$java" $jvm_flags ${TENDON_JAVA_OPTS:-} -cp "$TENDON_HOME/config:$TENDON_HOME/lib/*" "$main" "$@"
}
