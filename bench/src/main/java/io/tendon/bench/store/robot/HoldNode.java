package io.tendon.bench.store.robot;

import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.certify.fault.FaultTarget;
import io.tendon.certify.fault.RecorderHold;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Holds the recorder's writes as {@code inject disk-stall} does, until SIGTERM. A process of its own: whoever holds writes must
 * not be the parent of the process whose they are.
 */
@Command(name = "hold", description = "Stalls the recorder's disk.")
public final class HoldNode implements Callable<Integer> {
    private static final long BLOCK_NS = 47_000_000L;
    private static final long EVERY_NS = 1_000_000_000L;

    @Option(names = "--robot", required = true, description = "Name of the session.")
    private String robotName = "";

    /** Called by {@link #main} and Picocli. */
    public HoldNode() {}

    /**
     * Holds.
     *
     * @param args see above.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new HoldNode(), args));
    }

    @Override
    public Integer call() {
        try (StopSignal stop = new StopSignal();
                FaultTarget robot = FaultTarget.open(RuntimeDirectory.of(robotName));
                RecorderHold hold = RecorderHold.diskStall(BLOCK_NS, EVERY_NS)) {
            SupervisorWatch.begin(stop, 0);
            hold.check(robot);
            hold.begin(robot);
            stop.await();
            hold.end();
            hold.account().forEach(line -> System.out.println("disk-stall " + line));
            stop.exitCode(NodeCommand.EXIT_OK);
        }
        return NodeCommand.EXIT_OK;
    }
}
