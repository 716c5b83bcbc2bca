package io.tendon.certify.witness;

import io.tendon.bus.clock.BusClock;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.cycle.CyclePacer;
import io.tendon.bus.cycle.RealTimeOutcome;
import io.tendon.bus.cycle.RealTimeRequest;
import io.tendon.bus.cycle.RealTimeScheduling;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.cycle.TickLog;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The paired witness: a loop that does nothing but note how late it was woken, of a higher priority than control, on
 * control's core and on control's grid of ticks. What happens to it the machine does, and nobody else: its process
 * collects no garbage and comes to no safepoint. It parks and never spins, so that it takes the core from control for a
 * few microseconds a tick.
 *
 * <p>It runs in a process of its own until SIGTERM; everything is on the command line.
 */
@Command(name = "witness", description = "Notes how late a thread of the highest priority is woken.")
public final class WitnessNode implements Callable<Integer> {
    /** Before true or false: whether it got priority and core. */
    static final String RIGHTS = "rights ";

    @Option(names = "--file", required = true, description = "Tick log, in memory.")
    private Path file = Path.of("");

    @Option(names = "--anchor-epoch", required = true, description = "The clock's anchor, ns since the epoch.")
    private long anchorEpochNs;

    @Option(names = "--anchor-steady", required = true, description = "The clock's anchor, ns of the steady clock.")
    private long anchorSteadyNs;

    @Option(names = "--period", required = true, converter = Durations.Converter.class, description = "Of the ticks.")
    private long periodNs;

    @Option(names = "--ticks", required = true, description = "That the log has room for.")
    private int ticks;

    @Option(names = "--cpu", required = true, description = "Core of control.")
    private int cpu;

    @Option(names = "--rt", required = true, description = "off, prefer or require.")
    private RtMode rt = RtMode.REQUIRE;

    @Option(names = "--rt-priority", required = true, description = "Of SCHED_FIFO.")
    private int rtPriority;

    /** Called by {@link #main} and Picocli. */
    public WitnessNode() {}

    /**
     * Runs a witness.
     *
     * @param args see above.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new WitnessNode(), args));
    }

    @Override
    public Integer call() {
        final BusClock clock = new BusClock(anchorEpochNs, anchorSteadyNs);
        try (StopSignal stop = new StopSignal();
                TickLog log = TickLog.open(file, periodNs, clock.nanoTime(), ticks)) {
            SupervisorWatch.begin(stop, 0);
            final Witness witness = new Witness(new CyclePacer(clock, periodNs, 0), log, stop);
            stop.runToTheEnd(
                    () -> {
                        final RealTimeOutcome outcome =
                                RealTimeScheduling.apply(RealTimeRequest.hard(rt, rtPriority, cpu));
                        System.out.println(RIGHTS + (outcome.isRealTime() && outcome.cpu() == cpu) + ' ' + outcome);
                        witness.watch((clock.nanoTime() / periodNs + 2) * periodNs);
                    },
                    "witness");
            stop.exitCode(NodeCommand.EXIT_OK);
        }
        return NodeCommand.EXIT_OK;
    }
}
