#!/bin/sh
# What Tendon costs beside bare Aeron, the bare disk and other buses: builds on first use, then measures for about ten
# minutes; `run.sh store` measures the store. All options go to the command; see run.sh --help.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")/../deploy" && pwd)
. "$here/installation.sh"
build_when_stale
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# The first line is Agrona's need, the others Chronicle Queue's; without analytics.disable it would report its use to a
# server. Chronicle asks for a logger that the bench does not have and does not need: said by nobody.
exec "$java" \
  --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED --add-opens=java.base/java.util.zip=ALL-UNNAMED \
  --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED --add-exports=java.base/sun.nio.ch=ALL-UNNAMED \
  --add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED --add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED \
  --add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  --add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED \
  --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
  -Dchronicle.analytics.disable=true -Dslf4j.internal.verbosity=ERROR \
  "-Dtendon.home=$home" "-Djava.library.path=$here/../bench/target/native" \
  -XX:+UseSerialGC -Xmx512m -XX:+PerfDisableSharedMem -cp "$here/../bench/target/benchmarks.jar" \
  io.tendon.bench.BenchCommand "$@"
