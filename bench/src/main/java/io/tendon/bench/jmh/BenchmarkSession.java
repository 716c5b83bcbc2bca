package io.tendon.bench.jmh;

import io.tendon.bus.connection.RuntimeDirectory;

/** Where the session of a benchmark lives. Whoever runs the benchmark gives the name, to clean up behind a fork that was killed. */
final class BenchmarkSession {
    /** System property with the session's name. */
    static final String PROPERTY = "tendon.bench.robot";

    private BenchmarkSession() {}

    static RuntimeDirectory directory() {
        return RuntimeDirectory.of(
                System.getProperty(PROPERTY, "bench-" + ProcessHandle.current().pid()));
    }
}
