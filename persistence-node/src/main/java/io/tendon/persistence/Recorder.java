package io.tendon.persistence;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamSizing;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.LiveNode;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.event.EventPublisher;
import io.tendon.bus.health.HealthAgent;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.persistence.incident.IncidentWatch;
import io.tendon.persistence.index.IndexAgent;
import io.tendon.persistence.query.QueryDesk;
import io.tendon.persistence.recording.ArchiveHost;
import io.tendon.persistence.recording.DurabilityAccount;
import io.tendon.persistence.recording.DurabilityAgent;
import io.tendon.persistence.recording.DurablePositions;
import io.tendon.persistence.recording.LogTail;
import io.tendon.persistence.recording.PositionScan;
import io.tendon.persistence.recording.ProgressPublisher;
import io.tendon.persistence.recording.PublishedTotals;
import io.tendon.persistence.recording.RecorderPosition;
import io.tendon.persistence.recording.RecordingAgent;
import io.tendon.persistence.recording.RecordingSupervisor;
import io.tendon.persistence.retention.RetentionAgent;
import io.tendon.persistence.session.SessionKeeper;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.incident.IncidentFiles;
import io.tendon.sessionlog.manifest.SessionState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * The recorder of one session, wired up:
 *
 * <pre>{@code
 *   writers' logs -> ArchiveHost (archive's threads) -> DATA/sessions/ID/archive
 *                        ^                                |                |
 *                RecordingSupervisor               DurabilityAgent      LogTail -> manifest, counters
 *                (thread: recording)             (thread: durability)  (thread: log-tail)
 *                        |                                                 | losses
 *                        +-> persistence.event, persistence.progress <-----+
 *
 *   DATA/sessions/ID/archive -> IndexAgent -> DATA/sessions/ID/index, DATA/state -> QueryDesk     (StoreThreads)
 *                               (thread: indexer)                                  (thread: queries)
 *   DATA/sessions/*          <- RetentionAgent (thread: retention)
 * }</pre>
 *
 * Made, started and stopped on the main thread.
 */
final class Recorder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Recorder.class.getName());
    private static final long IDLE_MS = 5;
    private static final long POLL_NS = 5_000_000L;
    private static final long SETTLE_NS = 2 * StreamSizing.TIMER_INTERVAL_NS;
    private static final long OUTAGE_DRAIN_NS = 500_000_000L;
    /** Above the time between two heartbeats, the rarest of what is said at regular times. */
    private static final long QUIET_NS = 3 * HealthAgent.PERIOD_NS;

    /** Well below the time after which a client gives up a dead driver. */
    private static final long QUIET_TIMEOUT_NS = 5_000_000_000L;

    private static final long STOP_TIMEOUT_NS = 2_000_000_000L;

    private final PersistenceConfig config;
    private final BusConnection bus;
    private final CounterView counters;
    // Those of the driver that this recorder began with, also when another has taken over.
    private final CountersReader driverCounters;
    private final MappedErrorLog errors;
    private final SessionKeeper session;
    private final ArchiveHost host;
    private final RecordingSupervisor supervisor;
    private final List<MessagePublisher> ownPublishers;
    private final MessagePublisher eventPublisher;
    private final EventPublisher events;
    private final ProgressPublisher progress;
    private final DurabilityAgent durability;
    private final LogTail tail;
    private final @Nullable StoreThreads store;
    private final HealthAgent health;
    private final AgentRunner recordingRunner;
    private final AgentRunner durabilityRunner;
    private final AgentRunner tailRunner;
    private final AgentRunner retentionRunner;
    private final AtomicCounter ready;

    Recorder(
            final PersistenceConfig config,
            final RuntimeDirectory runtime,
            final BusConnection bus,
            final SessionDirectory directory,
            final SessionKeeper session,
            final DurabilityAccount account,
            final MappedErrorLog errors) {
        this.config = config;
        this.bus = bus;
        this.errors = errors;
        this.session = session;
        counters = CounterView.open(runtime);
        driverCounters = counters.aeronCounters();
        host = ArchiveHost.launch(bus, runtime, directory.archive(), config.durability(), errors);
        supervisor = new RecordingSupervisor(
                bus, host, scan(), bus.counters().node(BusCounter.RECORDINGS_RESTARTED), errors);
        // Before this node publishes, so that nothing of its own is missed.
        supervisor.startAll();
        final DurablePositions durable = new DurablePositions();
        eventPublisher = bus.addPublisher(StreamCatalog.PERSISTENCE_EVENT);
        final MessagePublisher progressPublisher = bus.addPublisher(StreamCatalog.PERSISTENCE_PROGRESS);
        ownPublishers = List.of(eventPublisher, progressPublisher);
        events = new EventPublisher(eventPublisher, bus.clock(), NodeId.PERSISTENCE);
        progress = new ProgressPublisher(progressPublisher, durable, bus.clock());
        final RecordingAgent recording = new RecordingAgent(supervisor, events, progress);
        durability = new DurabilityAgent(
                directory.archive(), scan(), durable, bus.clock(), config.durability(), account, errors);
        final IncidentWatch incidents = new IncidentWatch(
                new IncidentFiles(directory.incidents()),
                config.incidents(),
                () -> session.manifest().recordings(),
                recording::report);
        tail = new LogTail(
                directory.archive(),
                scan(),
                durable,
                account,
                host.firstRecordingId(),
                session,
                bus,
                recording::report,
                incidents,
                errors);
        store = store(directory);
        health = new HealthAgent(bus, null, errors);
        recordingRunner = runner(recording);
        durabilityRunner = runner(durability);
        tailRunner = runner(tail);
        retentionRunner =
                runner(new RetentionAgent(directory, config.retention(), bus.clock(), recording::report, errors));
        ready = bus.counters().node(BusCounter.READY);
        bus.counters()
                .node(BusCounter.DURABILITY_LEVEL)
                .setRelease(config.durability().level().code());
    }

    /** Begins to record. */
    void start() {
        // With the time that the manifest calls the session's start.
        new EventPublisher(eventPublisher, session::openedNs, NodeId.PERSISTENCE)
                .event(
                        EventKind.NODE_STARTED,
                        Severity.INFO,
                        0,
                        Double.NaN,
                        "persistence " + NodeCommand.buildVersion());
        AgentRunner.startOnThread(recordingRunner);
        AgentRunner.startOnThread(durabilityRunner);
        AgentRunner.startOnThread(tailRunner);
        if (store != null) {
            store.start();
        }
        if (config.retention().isBounded()) {
            AgentRunner.startOnThread(retentionRunner);
        }
        health.start();
        ready.setRelease(1);
        LOG.log(System.Logger.Level.INFO, "event=recording session=" + bus.sessionName());
    }

    /** Whether it cannot record any more: the driver is gone, or a thread of ours has ended. */
    boolean isBroken() {
        return supervisor.isClosed() || recordingRunner.isClosed() || tailRunner.isClosed();
    }

    /**
     * Ends the session in order: everything that was published is written, flushed and counted.
     *
     * @return whether everything that was published in the session is recorded and flushed; the log and the manifest say what is not.
     * @throws IOException when the manifest cannot be written.
     */
    boolean stop() throws IOException {
        boolean isDrained = false;
        PublishedTotals published = PublishedTotals.read(counters);
        if (!isBroken()) {
            ready.setRelease(LiveNode.STOPPING);
            health.close();
            recordingRunner.close();
            events.event(EventKind.NODE_STOPPING, Severity.INFO, 0, Double.NaN, "persistence stops");
            events.doWork();
            final long timeoutNs = supervisor.hasOutage() ? OUTAGE_DRAIN_NS : config.drainTimeoutNs();
            isDrained = awaitDrained(timeoutNs);
            // Writers that go on publish while the recordings end: what counts is what they had said before.
            published = PublishedTotals.read(counters);
            LockSupport.parkNanos(SETTLE_NS);
            isDrained &= awaitDrained(timeoutNs) && !supervisor.isHeldBehind();
            supervisor.stopAll();
            isDrained &= await(() -> !supervisor.isRecording(), STOP_TIMEOUT_NS);
            if (!isDrained) {
                LOG.log(System.Logger.Level.WARNING, "event=drain-incomplete timeout=" + timeoutNs + "ns");
            }
        }
        tailRunner.close();
        durabilityRunner.close();
        CloseHelper.quietCloseAll(retentionRunner, supervisor, host);
        final boolean isFlushed = durability.flushAll();
        final boolean isComplete = tail.finish(published);
        session.close(isDrained && isFlushed ? SessionState.CLOSED : SessionState.INTERRUPTED);
        finishStore();
        LOG.log(
                System.Logger.Level.INFO,
                "event=recording-ended session=" + bus.sessionName() + " state="
                        + session.manifest().state());
        return isDrained && isFlushed && isComplete;
    }

    /**
     * Leaves the logs of a driver that has died: what its writers still say there until they go on elsewhere is written,
     * flushed and counted. The session goes on.
     *
     * @throws IOException when the manifest cannot be written.
     */
    void leave() throws IOException {
        final boolean isGivenUp = isBroken();
        health.close();
        recordingRunner.close();
        // Once its clients have given the dead driver up, there is nothing more to be recorded.
        if (!isGivenUp) {
            awaitQuiet();
            supervisor.stopAll();
            if (!await(supervisor::areAllStopped, STOP_TIMEOUT_NS)) {
                LOG.log(System.Logger.Level.WARNING, "event=leave-incomplete timeout=" + STOP_TIMEOUT_NS + "ns");
            }
        }
        tailRunner.close();
        durabilityRunner.close();
        CloseHelper.quietCloseAll(retentionRunner, supervisor, host);
        durability.flushAll();
        tail.finish();
        session.write();
        finishStore();
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(
                health,
                recordingRunner,
                tailRunner,
                durabilityRunner,
                retentionRunner,
                store,
                tail,
                progress,
                eventPublisher,
                supervisor,
                host,
                counters);
    }

    /** Once the session is whole on the disk: whatever the store does, nothing waits for it any more. */
    private void finishStore() {
        if (store != null) {
            store.finish();
        }
    }

    private @Nullable StoreThreads store(final SessionDirectory directory) {
        bus.counters().node(BusCounter.INDEX_LAG_BYTES).setRelease(-1);
        bus.counters().node(BusCounter.INDEX_LAG_MS).setRelease(-1);
        if (!config.isIndexed()) {
            return null;
        }
        final IndexAgent indices = new IndexAgent(
                directory,
                config.state(),
                supervisor::isDiskLow,
                scan(),
                bus.clock(),
                bus.counters().node(BusCounter.INDEX_LAG_BYTES),
                bus.counters().node(BusCounter.INDEX_LAG_MS));
        return new StoreThreads(indices, new QueryDesk(bus, indices), this::runner);
    }

    /** On a mapping of its own: the Aeron client takes its own away when the driver dies, under whoever reads it. */
    private PositionScan scan() {
        return new PositionScan(driverCounters, host.archiveId());
    }

    private AgentRunner runner(final Agent agent) {
        return new AgentRunner(new SleepingMillisIdleStrategy(IDLE_MS), errors, null, agent);
    }

    /** Waits until nobody writes to the logs any more: the driver holds the places in the new ones. */
    private void awaitQuiet() {
        final PositionScan scan = scan();
        final long deadlineNs = System.nanoTime() + QUIET_TIMEOUT_NS;
        long recorded = -1;
        long quietSinceNs = System.nanoTime();
        while (System.nanoTime() - quietSinceNs < QUIET_NS && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(POLL_NS);
            scan.update();
            final long present = scan.recorders().stream()
                    .mapToLong(RecorderPosition::position)
                    .sum();
            if (present != recorded) {
                recorded = present;
                quietSinceNs = System.nanoTime();
            }
        }
    }

    /** To be asked twice, a while apart: the driver moves the position of a writer that has just ended a little later. */
    private boolean awaitDrained(final long timeoutNs) {
        return await(() -> supervisor.isDrained(ownPublishers) || isEveryMessageCounted(), timeoutNs);
    }

    /** A writer that was killed in the middle of a message leaves room that was claimed, and no message in it. */
    private boolean isEveryMessageCounted() {
        final PublishedTotals published = PublishedTotals.read(counters);
        return StreamCatalog.all().stream()
                .filter(stream -> !supervisor.isHeld(stream.streamId()))
                .allMatch(stream -> published.unrecorded(
                                stream.streamId(), counters.stream(BusCounter.RECORDED, NodeId.PERSISTENCE, stream, 0))
                        == 0);
    }

    private static boolean await(final BooleanSupplier condition, final long timeoutNs) {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs >= 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }
}
