package io.tendon.certify.measure;

import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.cycle.CyclePacer;
import io.tendon.bus.cycle.RealTimeRequest;
import io.tendon.bus.cycle.RealTimeScheduling;
import io.tendon.bus.cycle.RtMode;
import io.tendon.certify.fault.FaultTarget;
import io.tendon.certify.fault.RecorderHold;
import io.tendon.schemas.NodeId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Publishes in control's place and at control's rate and prints the pairs of {@link PublishCost}; when asked to, again
 * while it blocks a write of the recorder, so that every message is published beside a recorder that stands. A process of
 * its own.
 */
@Command(name = "publish-cost", description = "What publishing costs beside bare Aeron.")
public final class PublishCostNode implements Callable<Integer> {
    private static final long PERIOD_NS = 1_000_000L;
    private static final int RT_PRIORITY = 80;
    private static final long SPIN_NS = 200_000L;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(names = "--pairs", required = true, description = "Stretches to measure.")
    private int pairs;

    @Option(names = "--ticks", required = true, description = "In each stretch.")
    private int ticks;

    @Option(names = "--block-recorder", description = "Measure again while the recorder is blocked.")
    private boolean isRecorderBlocked;

    @Option(names = "--rt", required = true, description = "off, prefer or require.")
    private RtMode rt = RtMode.PREFER;

    @Option(names = "--cpu", required = true, description = "Core, -1 for any.")
    private int cpu;

    /** Called by {@link #main} and Picocli. */
    public PublishCostNode() {}

    /**
     * Measures.
     *
     * @param args see above.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new PublishCostNode(), args));
    }

    @Override
    public Integer call() {
        final RuntimeDirectory directory = RuntimeDirectory.of(options.name());
        try (BusConnection bus =
                        BusConnection.connect(directory, NodeId.CONTROL, Throwable::printStackTrace, 10_000_000_000L);
                PublishPair pair = new PublishPair(bus, ticks)) {
            RealTimeScheduling.apply(RealTimeRequest.hard(rt, RT_PRIORITY, cpu));
            final CyclePacer pacer = new CyclePacer(bus.clock(), PERIOD_NS, SPIN_NS);
            pair.warmUp();
            pair.measure(pacer);
            print("pair ", pair, pacer);
            if (isRecorderBlocked) {
                try (FaultTarget robot = FaultTarget.open(directory);
                        RecorderHold block = RecorderHold.recorderBlock()) {
                    block.begin(robot);
                    print("stalled ", pair, pacer);
                }
            }
        }
        return NodeCommand.EXIT_OK;
    }

    private void print(final String key, final PublishPair pair, final CyclePacer pacer) {
        for (int i = 0; i < pairs; i++) {
            System.out.println(key + pair.measure(pacer).line());
        }
    }
}
