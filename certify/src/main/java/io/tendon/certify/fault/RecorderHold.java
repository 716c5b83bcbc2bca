package io.tendon.certify.fault;

import io.tendon.bus.config.Durations;
import io.tendon.schemas.NodeId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recorder's writes take their time, as on a disk that stalls: the archive's writing thread is held where it enters
 * write, pwrite64 or fdatasync, while all other threads of its process go on, its Aeron client among them. What the disk
 * does by itself is not touched.
 */
public final class RecorderHold implements Fault {
    /** The archive's thread that writes recordings. */
    private static final String WRITING_THREAD = "archive-recorder";

    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_S = 1e9;

    private final String name;
    private final String description;
    private final HoldPattern pattern;
    private final Set<Rule> rules;
    private @Nullable WriteHolder holder;

    private RecorderHold(
            final String name, final String description, final HoldPattern pattern, final Set<Rule> rules) {
        this.name = name;
        this.description = description;
        this.pattern = pattern;
        this.rules = rules;
    }

    /**
     * {@code disk-stall}: the recorder's writes block for a while, again and again.
     *
     * @param blockNs for which one write is held.
     * @param everyNs from one to the next.
     * @return the fault.
     */
    public static RecorderHold diskStall(final long blockNs, final long everyNs) {
        return new RecorderHold(
                "disk-stall",
                "the recorder's writes block " + Durations.format(blockNs) + " every " + Durations.format(everyNs),
                HoldPattern.stall(blockNs, everyNs),
                EnumSet.allOf(Rule.class));
    }

    /**
     * {@code disk-slow}: every write of the recorder takes longer.
     *
     * @param delayNs by which.
     * @return the fault.
     */
    public static RecorderHold diskSlow(final long delayNs) {
        return new RecorderHold(
                "disk-slow",
                "every write of the recorder takes " + Durations.format(delayNs) + " longer",
                HoldPattern.slow(delayNs),
                EnumSet.allOf(Rule.class));
    }

    /**
     * {@code recorder-block}: one write of the recorder takes as long as the fault.
     *
     * @return the fault.
     */
    public static RecorderHold recorderBlock() {
        return new RecorderHold(
                "recorder-block",
                "the recorder's writing thread is blocked in a write while its Aeron client lives",
                HoldPattern.block(),
                EnumSet.complementOf(EnumSet.of(Rule.RECORDER_MISSED_NOTHING)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Set<Rule> rules() {
        return rules;
    }

    @Override
    public void check(final FaultTarget robot) {
        WriteHolder.check(robot.pid(NodeId.PERSISTENCE), WRITING_THREAD);
    }

    @Override
    public synchronized void begin(final FaultTarget robot) {
        holder = WriteHolder.begin(robot.pid(NodeId.PERSISTENCE), WRITING_THREAD, pattern);
    }

    @Override
    public void end() {
        final WriteHolder holding;
        synchronized (this) {
            holding = holder;
        }
        if (holding != null) {
            holding.end();
        }
    }

    @Override
    public synchronized boolean hasTakenEffect() {
        return holder != null && holder.holds() > 0 && holder.failure().isEmpty();
    }

    @Override
    public synchronized List<String> account() {
        if (holder == null) {
            return List.of();
        }
        return List.of(String.format(
                Locale.ROOT,
                "held %d writes of thread %s (%d) for %.3f s in all, %.3f ms at most%s",
                holder.holds(),
                WRITING_THREAD,
                holder.tid(),
                holder.heldNs() / NS_PER_S,
                holder.longestNs() / NS_PER_MS,
                (holder.isThreadGone() ? "; the thread ended meanwhile" : "")
                        + (holder.failure().isEmpty() ? "" : "; then no more: " + holder.failure())));
    }
}
