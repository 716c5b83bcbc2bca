package io.tendon.bench.store.robot;

import io.tendon.bench.store.source.ArmMessages;
import io.tendon.bus.RealTime;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.cycle.CyclePacer;
import io.tendon.bus.cycle.RealTimeRequest;
import io.tendon.bus.cycle.RealTimeScheduling;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.schemas.NodeId;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Publishes joint states in control's place, with control's publisher, priority and cycle, until SIGTERM; what each cost
 * goes into an HdrHistogram log, an interval each quarter of a second; at last it prints when the last was. A process of its own.
 */
@Command(name = "state", description = "Publishes joint states.")
public final class StateNode implements Callable<Integer> {
    /** What the line begins with that says when the last message was published, ms since the epoch. */
    static final String LAST = "last-published-ms=";

    private static final int RT_PRIORITY = 80;
    private static final long SPIN_NS = 200_000L;
    private static final long CONNECT_TIMEOUT_NS = 10_000_000_000L;
    private static final long INTERVAL_NS = 250_000_000L;
    private static final int WARM_UP_MESSAGES = 5_000;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long HIGHEST_NS = 60_000_000_000L;

    @Option(names = "--robot", required = true, description = "Name of the session.")
    private String robotName = "";

    @Option(names = "--a-cycle", required = true, description = "Messages in each cycle of 1 ms.")
    private int aCycle;

    @Option(names = "--log", required = true, description = "Gets the histograms, ns.")
    private Path log = Path.of("");

    private final ArmMessages messages = new ArmMessages();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[ArmMessages.LENGTH_BYTES]);
    private final SingleWriterRecorder costsNs = new SingleWriterRecorder(HIGHEST_NS, 3);
    // Set by the main thread, read by the one that publishes.
    private final AtomicBoolean isOver = new AtomicBoolean();
    // Set by the thread that publishes, read by the main thread once that has ended.
    private long lastNs;

    /** Called by {@link #main} and Picocli. */
    public StateNode() {}

    /**
     * Publishes.
     *
     * @param args see above.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new StateNode(), args));
    }

    @Override
    public Integer call() throws FileNotFoundException, InterruptedException {
        final RuntimeDirectory directory = RuntimeDirectory.of(robotName);
        try (StopSignal stop = new StopSignal();
                BusConnection bus = BusConnection.connect(
                        directory, NodeId.CONTROL, Throwable::printStackTrace, CONNECT_TIMEOUT_NS)) {
            SupervisorWatch.begin(stop, 0);
            final Thread cycles = new Thread(() -> publish(bus), "cycles");
            cycles.start();
            writeHistograms(stop);
            isOver.set(true);
            cycles.join();
            System.out.println(LAST + lastNs / NS_PER_MS);
            stop.exitCode(NodeCommand.EXIT_OK);
        }
        return NodeCommand.EXIT_OK;
    }

    private void publish(final BusConnection bus) {
        final MessagePublisher publisher = bus.addPublisher(StreamCatalog.CONTROL_STATE);
        RealTimeScheduling.apply(RealTimeRequest.hard(RtMode.PREFER, RT_PRIORITY, -1));
        final CyclePacer pacer = new CyclePacer(bus.clock(), ArmMessages.PERIOD_NS, SPIN_NS);
        pacer.start(bus.clock().nanoTime() + 2 * pacer.periodNs());
        long cycle = 0;
        while (!isOver.get()) {
            pacer.await();
            final long nowNs = bus.clock().nanoTime();
            for (int i = 0; i < aCycle; i++) {
                publishOne(publisher, nowNs + i * ArmMessages.PERIOD_NS / aCycle, cycle);
            }
            publisher.doWork();
            lastNs = nowNs + (aCycle - 1) * ArmMessages.PERIOD_NS / aCycle;
            cycle++;
        }
        publisher.close();
    }

    @RealTime
    private void publishOne(final MessagePublisher publisher, final long captureTimeNs, final long cycle) {
        messages.encode(message, 0, publisher.sequence() + 1, captureTimeNs);
        final long beginNs = System.nanoTime();
        if (publisher.claim(ArmMessages.LENGTH_BYTES).isAccepted()) {
            publisher.buffer().putBytes(publisher.offset(), message, 0, ArmMessages.LENGTH_BYTES);
            publisher.commitCountedLater();
        }
        if (cycle >= WARM_UP_MESSAGES / aCycle) {
            costsNs.recordValue(System.nanoTime() - beginNs);
        }
    }

    private void writeHistograms(final StopSignal stop) throws FileNotFoundException {
        final HistogramLogWriter writer = new HistogramLogWriter(log.toFile());
        try {
            writer.outputLogFormatVersion();
            writer.outputLegend();
            Histogram interval = null;
            while (!stop.await(INTERVAL_NS)) {
                interval = costsNs.getIntervalHistogram(interval);
                writer.outputIntervalHistogram(interval);
            }
        } finally {
            writer.close();
        }
    }
}
