package io.tendon.bench.store;

import io.tendon.bench.store.history.DayHistory;
import io.tendon.bench.store.history.RangePart;
import io.tendon.bench.transport.StateMessage;
import io.tendon.bus.catalog.StreamDescriptor;
import java.util.List;

/**
 * How much is measured. Immutable.
 *
 * @param minutes of history.
 * @param rangeRounds how often each question is asked.
 * @param vectors how many, one line each.
 * @param dimension elements of each vector.
 * @param vectorQuestions searches of each.
 * @param engineRows joint states in each engine.
 * @param engineQuestions of each kind.
 * @param littleBytes of the short log.
 * @param muchBytes of the long one.
 * @param restarts of each.
 * @param recordedMessages of a recording beside the bare archive's.
 * @param recordings of each.
 * @param sustainedS seconds at twenty times a robot's rate.
 * @param rounds stretches without and with a load.
 * @param stretchMs length of each.
 */
record StoreLengths(
        int minutes,
        int rangeRounds,
        List<Integer> vectors,
        int dimension,
        int vectorQuestions,
        int engineRows,
        int engineQuestions,
        long littleBytes,
        long muchBytes,
        int restarts,
        long recordedMessages,
        int recordings,
        int sustainedS,
        int rounds,
        long stretchMs) {
    private static final long HISTORY_ROW_BYTES = 480;
    private static final long ENGINE_ROW_BYTES = 3_000;
    private static final long SUSTAINED_BYTES_PER_S = 40_000_000;
    private static final long LENT_BYTES = 2_000_000_000;

    /** For figures. */
    static final StoreLengths WHOLE = new StoreLengths(
            24 * 60,
            30,
            List.of(10_000, 100_000),
            384,
            200,
            600_000,
            10,
            10_000_000L,
            10_000_000_000L,
            5,
            2_000_000L,
            3,
            60,
            4,
            20_000L);

    /** To see that it runs: a quarter of an hour of history, a graph of short vectors, 100 MB of log. */
    static final StoreLengths QUICK = new StoreLengths(
            15, 4, List.of(1_000, 34_000), 32, 20, 20_000, 2, 10_000_000L, 100_000_000L, 1, 50_000L, 1, 5, 1, 4_000L);

    /** The same with another length of history. */
    StoreLengths withMinutes(final int otherMinutes) {
        return new StoreLengths(
                otherMinutes,
                rangeRounds,
                vectors,
                dimension,
                vectorQuestions,
                engineRows,
                engineQuestions,
                littleBytes,
                muchBytes,
                restarts,
                recordedMessages,
                recordings,
                sustainedS,
                rounds,
                stretchMs);
    }

    /** Bytes of disk that a history needs. */
    static long historyBytes(final int minutes) {
        return minutes * DayHistory.MINUTE_ROWS * HISTORY_ROW_BYTES;
    }

    /** Bytes of disk that a part needs beside the long history, at most at a time. */
    long neededBytes(final StorePart part) {
        return switch (part) {
            case RANGES -> historyBytes(RangePart.shortMinutes(minutes));
            // As they are in each of the three, and once more while the graphs are put together.
            case NEIGHBOURS ->
                4L
                        * Float.BYTES
                        * dimension
                        * vectors.stream().mapToInt(Integer::intValue).sum();
            case ENGINES -> engineRows * ENGINE_ROW_BYTES;
            case RESTART -> muchBytes * 3 / 2;
            // What warms up is recorded, too.
            case RECORDING -> recordedMessages * 3 / 2 * StreamDescriptor.framedLength(StateMessage.LENGTH_BYTES);
            // Log and indices of what is said at a high rate, and a part of the history.
            case ROBOT -> sustainedS * SUSTAINED_BYTES_PER_S + Math.min(LENT_BYTES, historyBytes(minutes));
        };
    }
}
