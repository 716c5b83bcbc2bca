package io.tendon.bench;

/**
 * How long things are measured. Immutable.
 *
 * @param iterationMs of JMH.
 * @param stretchMs of two processes that talk.
 * @param recordedMessages of a recording.
 */
record BenchLengths(long iterationMs, long stretchMs, long recordedMessages) {
    /** For figures. */
    static final BenchLengths WHOLE = new BenchLengths(500, 2_000, 2_000_000);

    /** To see that it runs. */
    static final BenchLengths QUICK = new BenchLengths(50, 300, 50_000);
}
