package io.tendon.bus.cycle;

import io.tendon.bus.RealTime;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * How punctual a loop is. Every tick that was due is in it, the missed ones too, each with the time from its deadline to
 * the moment at which the loop could run again; nothing is trimmed. Missed ticks are counted by cause as well.
 *
 * <p>The loop's thread calls {@link #onCycle}; one other thread calls {@link #publish} to bring percentiles into shared
 * memory (HdrHistogram's SingleWriterRecorder hands over between the two without locks in the writer).
 */
public final class CycleStatistics {
    /** Ticks over which the success rate is taken, as in libfranka's control_command_success_rate. */
    public static final int SUCCESS_WINDOW = 100;

    private static final long HIGHEST_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    /** Missed ticks in a row that are recorded one by one; of more, several share the lateness of the first of them. */
    private static final int MAX_RECORDS = 1_000;

    private final long periodNs;
    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, HIGHEST_NS, DIGITS);
    private final Histogram total = new Histogram(1, HIGHEST_NS, DIGITS);
    private Histogram recycled = recorder.getIntervalHistogram();

    private final boolean[] executedTicks = new boolean[SUCCESS_WINDOW];
    private int ticksSeen;
    private int executedInWindow;
    private int windowIndex;

    private final AtomicCounter scheduled;
    private final AtomicCounter executed;
    private final AtomicCounter missed;
    private final AtomicCounter missedLateWakeUp;
    private final AtomicCounter missedLongCycle;
    private final AtomicCounter missedHardware;
    private final AtomicCounter success;
    private final AtomicCounter p50;
    private final AtomicCounter p99;
    private final AtomicCounter p999;
    private final AtomicCounter max;

    /**
     * Statistics of one loop, shown in its node's counters.
     *
     * @param counters of the node.
     * @param periodNs of the loop's ticks.
     */
    public CycleStatistics(final BusCounters counters, final long periodNs) {
        this.periodNs = periodNs;
        this.scheduled = counters.node(BusCounter.CYCLES_SCHEDULED);
        this.executed = counters.node(BusCounter.CYCLES_EXECUTED);
        this.missed = counters.node(BusCounter.CYCLES_MISSED);
        this.missedLateWakeUp = counters.node(MissCause.LATE_WAKE_UP.counter());
        this.missedLongCycle = counters.node(MissCause.LONG_CYCLE.counter());
        this.missedHardware = counters.node(MissCause.HARDWARE.counter());
        this.success = counters.node(BusCounter.SUCCESS_RATE_PPM);
        this.p50 = counters.node(BusCounter.LATENESS_P50_NS);
        this.p99 = counters.node(BusCounter.LATENESS_P99_NS);
        this.p999 = counters.node(BusCounter.LATENESS_P999_NS);
        this.max = counters.node(BusCounter.LATENESS_MAX_NS);
    }

    /**
     * Takes note of a tick that is about to be executed and of those missed before it. Loop's thread.
     *
     * @param latenessNs from the tick's deadline to its beginning.
     * @param missedTicks that passed before it.
     */
    @RealTime
    public void onCycle(final long latenessNs, final MissedTicks missedTicks) {
        final int total = missedTicks.total();
        if (total > 0) {
            recordMissed(latenessNs, total);
            for (int i = Math.min(total, SUCCESS_WINDOW); i > 0; i--) {
                shift(false);
            }
            missed.getAndAddRelease(total);
            missedLateWakeUp.getAndAddRelease(missedTicks.of(MissCause.LATE_WAKE_UP));
            missedLongCycle.getAndAddRelease(missedTicks.of(MissCause.LONG_CYCLE));
            missedHardware.getAndAddRelease(missedTicks.of(MissCause.HARDWARE));
        }
        record(latenessNs, 1);
        shift(true);
        scheduled.getAndAddRelease(1L + total);
        executed.getAndAddRelease(1);
        success.setRelease((long) (successRate() * 1e6));
    }

    /** Share of the last {@value #SUCCESS_WINDOW} ticks due that were executed, 0 to 1. Loop's thread. */
    @RealTime
    public float successRate() {
        return ticksSeen == 0 ? 1.0f : (float) executedInWindow / Math.min(ticksSeen, SUCCESS_WINDOW);
    }

    /** Brings the percentiles over the loop's life into the counters. One thread that is not the loop's. */
    public void publish() {
        recycled = recorder.getIntervalHistogram(recycled);
        total.add(recycled);
        if (total.getTotalCount() > 0) {
            p50.setRelease(total.getValueAtPercentile(50));
            p99.setRelease(total.getValueAtPercentile(99));
            p999.setRelease(total.getValueAtPercentile(99.9));
            max.setRelease(total.getMaxValue());
        }
    }

    /** Ticks due so far. */
    public long scheduled() {
        return scheduled.get();
    }

    /** Ticks executed so far. */
    public long executed() {
        return executed.get();
    }

    /** Ticks missed so far. */
    public long missed() {
        return missed.get();
    }

    /** Ticks missed so far for a cause. */
    public long missed(final MissCause cause) {
        return switch (cause) {
            case LATE_WAKE_UP -> missedLateWakeUp.get();
            case LONG_CYCLE -> missedLongCycle.get();
            case HARDWARE -> missedHardware.get();
        };
    }

    /** Median lateness in ns, as of the last {@link #publish}. */
    public long latenessP50Ns() {
        return p50.get();
    }

    /** 99th percentile of lateness in ns, as of the last {@link #publish}. */
    public long latenessP99Ns() {
        return p99.get();
    }

    /** 99.9th percentile of lateness in ns, as of the last {@link #publish}. */
    public long latenessP999Ns() {
        return p999.get();
    }

    /** Largest lateness in ns, as of the last {@link #publish}. */
    public long latenessMaxNs() {
        return max.get();
    }

    /** The work is bounded however long the stall was; a lateness that is shared is the largest of those that share it. */
    @RealTime
    private void recordMissed(final long latenessNs, final int total) {
        final int step = 1 + (total - 1) / MAX_RECORDS;
        for (int i = total; i > 0; i -= step) {
            record(latenessNs + i * periodNs, Math.min(step, i));
        }
    }

    @RealTime
    private void record(final long latenessNs, final int ticks) {
        recorder.recordValueWithCount(Math.max(1, Math.min(latenessNs, HIGHEST_NS)), ticks);
    }

    @RealTime
    private void shift(final boolean wasExecuted) {
        if (executedTicks[windowIndex]) {
            executedInWindow--;
        }
        executedTicks[windowIndex] = wasExecuted;
        if (wasExecuted) {
            executedInWindow++;
        }
        windowIndex = (windowIndex + 1) % SUCCESS_WINDOW;
        if (ticksSeen < SUCCESS_WINDOW) {
            ticksSeen++;
        }
    }
}
