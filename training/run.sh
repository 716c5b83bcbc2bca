#!/bin/sh
# Makes a model for fusion from recorded sessions: builds on first use. All options go to the command; see run.sh --help.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
here=$(CDPATH= cd -- "$root/../deploy" && pwd)
. "$here/installation.sh"
build_when_stale
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED --add-opens=java.base/java.util.zip=ALL-UNNAMED \
  "-Dtendon.home=$home" -Xmx1g -XX:+PerfDisableSharedMem -cp "$root/target/*:$root/target/lib/*" \
  io.tendon.training.TrainCommand "$@"
