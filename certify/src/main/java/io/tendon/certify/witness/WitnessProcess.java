package io.tendon.certify.witness;

import io.tendon.bus.clock.BusClock;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.cycle.TickLogView;
import io.tendon.certify.measure.Waiting;
import io.tendon.certify.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A {@link WitnessNode} that runs from its making to {@link #close}. Owner: the certificate's main thread. */
public final class WitnessProcess implements AutoCloseable {
    /** Above control's 80 and whatever a robot starts; below the kernel's own watchdogs at 99. */
    public static final int PRIORITY = 98;

    /** No collection, no safepoint for housekeeping, and nothing that would have to be compiled by a second tier. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseEpsilonGC", "-Xms64m", "-Xmx64m", "-XX:GuaranteedSafepointInterval=0", "-XX:TieredStopAtLevel=1");

    private static final long START_TIMEOUT_S = 60;
    private static final long POLL_NS = 20_000_000L;
    private static final int SETTLED_TICKS = 100;

    private final ChildProcess process;
    private final Path tickLog;

    private WitnessProcess(final ChildProcess process, final Path tickLog) {
        this.process = process;
        this.tickLog = tickLog;
    }

    /**
     * What a witness watches.
     *
     * @param clock on whose whole periods the ticks are.
     * @param periodNs of the ticks.
     * @param ticks that its log has room for.
     * @param cpu core to watch, -1 for any.
     * @param rt how much of its priority is insisted on.
     */
    public record Watch(BusClock clock, long periodNs, int ticks, int cpu, RtMode rt) {}

    /**
     * Starts one.
     *
     * @param name of its files.
     * @param directory in memory that its files go to.
     * @param watch what it watches.
     * @return the running witness; what it notes can be read at once.
     */
    public static WitnessProcess start(final String name, final Path directory, final Watch watch) {
        final Path tickLog = directory.resolve(name + "-ticks");
        return new WitnessProcess(
                ChildProcess.startJava(
                        WitnessNode.class,
                        directory.resolve(name + ".log"),
                        FLAGS,
                        List.of(
                                "--file", tickLog.toString(),
                                "--anchor-epoch", Long.toString(watch.clock().anchorEpochNs()),
                                "--anchor-steady", Long.toString(watch.clock().anchorSteadyNs()),
                                "--period", watch.periodNs() + "ns",
                                "--ticks", Integer.toString(watch.ticks()),
                                "--cpu", Integer.toString(watch.cpu()),
                                "--rt", watch.rt().name().toLowerCase(Locale.ROOT),
                                "--rt-priority", Integer.toString(PRIORITY))),
                tickLog);
    }

    /**
     * Waits until it notes every tick.
     *
     * @param clock of its ticks.
     * @throws CommandFailure when it does not within {@value #START_TIMEOUT_S} s, with what it printed.
     */
    public void awaitTicking(final BusClock clock) {
        final long deadlineNs = System.nanoTime() + START_TIMEOUT_S * 1_000_000_000L;
        while (!isTicking(clock)) {
            if (!isAlive() || System.nanoTime() - deadlineNs > 0) {
                throw new CommandFailure("the witness did not begin; it printed\n" + log());
            }
            Waiting.sleep(POLL_NS);
        }
    }

    private boolean isTicking(final BusClock clock) {
        if (!Files.exists(tickLog)) {
            return false;
        }
        try (TickLogView view = new TickLogView(tickLog)) {
            return view.isKnown(view.tickAt(clock.nanoTime()) - SETTLED_TICKS);
        }
    }

    /** Whether it runs at its priority and on its core, so that nothing of a robot can hold it. */
    public boolean hasRights() {
        return process.log().contains(WitnessNode.RIGHTS + true);
    }

    /** Where it notes its ticks. */
    public Path tickLog() {
        return tickLog;
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it printed, when it ended by itself. */
    public String log() {
        return process.logTail();
    }

    @Override
    public void close() {
        process.close();
    }
}
