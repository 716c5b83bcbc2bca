package io.tendon.bench.jmh;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import java.util.Collection;
import org.agrona.IoUtil;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one of the benchmarks in a fresh JVM. Main thread. */
public final class OperationBenchmarks {
    private static final int ITERATIONS = 5;

    private final String robotName;
    private final long iterationMs;

    /**
     * For a run.
     *
     * @param robotName of the session that a benchmark begins.
     * @param iterationMs length of each iteration; as many warm up as are measured.
     */
    public OperationBenchmarks(final String robotName, final long iterationMs) {
        this.robotName = robotName;
        this.iterationMs = iterationMs;
    }

    /**
     * Measures once.
     *
     * @param type a class of benchmarks.
     * @param method one of them.
     * @return average time of one operation, ns.
     */
    public double measure(final Class<?> type, final String method) {
        try {
            final Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include(type.getName().replace(".", "\\.") + "\\." + method + '$')
                            .verbosity(VerboseMode.SILENT)
                            .forks(1)
                            .jvmArgsAppend(
                                    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                                    "--add-opens=java.base/java.util.zip=ALL-UNNAMED",
                                    "-D" + BusBenchmark.NAME_PROPERTY + '=' + robotName)
                            .warmupIterations(ITERATIONS)
                            .warmupTime(TimeValue.milliseconds(iterationMs))
                            .measurementIterations(ITERATIONS)
                            .measurementTime(TimeValue.milliseconds(iterationMs))
                            .shouldFailOnError(true)
                            .build())
                    .run();
            return results.iterator().next().getPrimaryResult().getScore();
        } catch (final RunnerException e) {
            throw new CommandFailure(type.getSimpleName() + '.' + method + ": could not be measured (" + e.getMessage()
                    + "); run it alone: java -jar bench/target/benchmarks.jar " + type.getSimpleName() + '.' + method);
        } finally {
            IoUtil.delete(RuntimeDirectory.of(robotName).directory().toFile(), true);
        }
    }
}
