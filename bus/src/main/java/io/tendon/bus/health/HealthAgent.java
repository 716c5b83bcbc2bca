package io.tendon.bus.health;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.bus.cycle.CycleStatistics;
import io.tendon.bus.cycle.MissCause;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.HealthEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import java.util.Locale;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.status.AtomicCounter;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat of a node, 10 Hz: a Health message, and the same in counters. Reads /proc and the JVM's own figures, so
 * it has a thread of its own and never shares the loop's.
 */
public final class HealthAgent implements Agent, AutoCloseable {
    /** Time between heartbeats. */
    public static final long PERIOD_NS = 100_000_000L;

    /** The kernel walks the process's memory for it, so it is done less often. */
    private static final long MEMORY_READ_PERIOD_NS = 5_000_000_000L;

    private final BusConnection bus;
    private final NodeId node;
    private final @Nullable CycleStatistics statistics;
    private final MappedErrorLog errorLog;
    private final MessagePublisher publisher;
    private final ProcessFigures process = new ProcessFigures();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final HealthEncoder encoder = new HealthEncoder();
    private final AtomicCounter heartbeatMs;
    private final AtomicCounter errors;
    private final AtomicCounter residentBytes;
    private final AgentRunner runner;

    private long nextBeatNs;
    private long nextMemoryReadNs;

    /**
     * The heartbeat of the node that the connection belongs to; it begins with {@link #start}.
     *
     * @param bus of the node.
     * @param statistics of its main loop, null when it has none.
     * @param errorLog of the node.
     */
    public HealthAgent(
            final BusConnection bus, final @Nullable CycleStatistics statistics, final MappedErrorLog errorLog) {
        this.bus = bus;
        this.node = bus.node();
        this.statistics = statistics;
        this.errorLog = errorLog;
        this.publisher = bus.addPublisher(StreamCatalog.NODE_HEALTH);
        final BusCounters counters = bus.counters();
        counters.node(BusCounter.PID).setRelease(process.pid());
        counters.node(BusCounter.STARTED_AT_MS).setRelease(process.startedAtMs());
        this.heartbeatMs = counters.node(BusCounter.HEARTBEAT_MS);
        this.errors = counters.node(BusCounter.ERRORS);
        this.residentBytes = counters.node(BusCounter.RESIDENT_BYTES);
        this.runner = new AgentRunner(new SleepingMillisIdleStrategy(20), errorLog, null, this);
    }

    /** Begins to beat, on a thread of its own. */
    public void start() {
        AgentRunner.startOnThread(runner, work -> {
            final Thread thread = new Thread(work, roleName());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int doWork() {
        final long nowNs = bus.clock().nanoTime();
        if (nowNs < nextBeatNs) {
            return 0;
        }
        nextBeatNs = nowNs + PERIOD_NS;
        if (statistics != null) {
            statistics.publish();
        }
        if (nowNs >= nextMemoryReadNs) {
            nextMemoryReadNs = nowNs + MEMORY_READ_PERIOD_NS;
            process.update();
        }
        heartbeatMs.setRelease(nowNs / 1_000_000L);
        errors.setRelease(errorLog.count());
        residentBytes.setRelease(process.residentBytes());
        publish(nowNs);
        publisher.doWork();
        return 1;
    }

    @Override
    public void onClose() {
        if (statistics != null) {
            statistics.publish();
        }
    }

    @Override
    public String roleName() {
        return "health-" + node.name().toLowerCase(Locale.ROOT);
    }

    /** Beats no more. The last percentiles are in the counters. */
    @Override
    public void close() {
        runner.close();
        publisher.close();
        process.close();
    }

    /** All is gathered before room is claimed: a process that is killed in between leaves a log that nobody reads on. */
    private void publish(final long nowNs) {
        final long uptimeNs = process.uptimeMs() * 1_000_000L;
        final long cpuTimeNs = process.cpuTimeNs();
        final long heapUsedBytes = process.heapUsedBytes();
        if (!publisher.claim(MessageLengths.health()).isAccepted()) {
            return;
        }
        encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
        encoder.stamp().sequence(publisher.sequence()).captureTimeNs(nowNs).source(node);
        encoder.pid(process.pid())
                .uptimeNs(uptimeNs)
                .processCpuTimeNs(cpuTimeNs)
                .heapUsedBytes(heapUsedBytes)
                .residentBytes(process.residentBytes())
                .cyclesScheduled(statistics == null ? 0 : statistics.scheduled())
                .cyclesExecuted(statistics == null ? 0 : statistics.executed())
                .cyclesMissed(statistics == null ? 0 : statistics.missed())
                .latenessP50Ns(statistics == null ? 0 : statistics.latenessP50Ns())
                .latenessP99Ns(statistics == null ? 0 : statistics.latenessP99Ns())
                .latenessP999Ns(statistics == null ? 0 : statistics.latenessP999Ns())
                .latenessMaxNs(statistics == null ? 0 : statistics.latenessMaxNs())
                .errors(errorLog.count())
                .missedLateWakeUp(statistics == null ? 0 : statistics.missed(MissCause.LATE_WAKE_UP))
                .missedLongCycle(statistics == null ? 0 : statistics.missed(MissCause.LONG_CYCLE))
                .missedHardware(statistics == null ? 0 : statistics.missed(MissCause.HARDWARE));
        encoder.inputsCount(0);
        publisher.commit();
    }
}
