package io.tendon.persistence.recording;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.counter.BusCounter;
import io.tendon.persistence.incident.IncidentWatch;
import io.tendon.persistence.session.SessionKeeper;
import io.tendon.schemas.LossReason;
import io.tendon.sessionlog.manifest.MessageTally;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.RobotDescription;
import io.tendon.sessionlog.manifest.SessionManifest.StreamTotal;
import io.tendon.sessionlog.manifest.TallyListener;
import io.tendon.sessionlog.manifest.UnrecordedTail;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Reads what was just recorded, behind the recorder and from its files: counts messages, finds gaps in their sequence
 * numbers, learns the robot, and writes it all into the manifest once a second. So what is counted is what is on disk. On
 * a thread of its own.
 */
public final class LogTail implements Agent, TallyListener, DamageListener, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogTail.class.getName());
    private static final long CHECKPOINT_PERIOD_NS = 1_000_000_000L;
    private static final long COUNTERS_PERIOD_NS = 100_000_000L;
    private static final int MESSAGES_A_CYCLE = 5_000;

    private final Path archiveDir;
    private final PurgeLedger ledger;
    private final PositionScan scan;
    private final DurablePositions durable;
    private final SessionKeeper session;
    private final BusConnection bus;
    private final EpochNanoClock clock;
    private final Consumer<LossReport> losses;
    private final IncidentWatch incidents;
    private final ErrorHandler errors;
    private final StreamCounters counters;
    private final AtomicCounter diskFreeBytes;
    private final DurabilityLatency latency;
    private final MessageTally tally;
    private final RobotDescription robot = new RobotDescription();
    private final LongHashSet knownRecordings = new LongHashSet();
    private long nextCheckpointNs;
    private long nextCountersNs;

    /**
     * Goes on from what the session's manifest says was counted.
     *
     * @param archiveDir that is recorded into.
     * @param scan of its own.
     * @param durable how far the device has come.
     * @param account of the session's durability.
     * @param firstRecordingId of this recorder.
     * @param session whose manifest is kept.
     * @param bus of this node.
     * @param losses takes gaps that were found.
     * @param incidents looks at each message.
     * @param errors is told when the manifest cannot be written.
     */
    public LogTail(
            final Path archiveDir,
            final PositionScan scan,
            final DurablePositions durable,
            final DurabilityAccount account,
            final long firstRecordingId,
            final SessionKeeper session,
            final BusConnection bus,
            final Consumer<LossReport> losses,
            final IncidentWatch incidents,
            final ErrorHandler errors) {
        this.archiveDir = archiveDir;
        this.ledger = new PurgeLedger(archiveDir);
        this.scan = scan;
        this.durable = durable;
        this.session = session;
        this.bus = bus;
        this.clock = bus.clock();
        this.losses = losses;
        this.incidents = incidents;
        this.errors = errors;
        this.counters = new StreamCounters(bus.counters());
        this.diskFreeBytes = bus.counters().node(BusCounter.DISK_FREE_BYTES);
        this.latency = new DurabilityLatency(account, durable, firstRecordingId, bus.counters());
        this.tally = new MessageTally(archiveDir, this, this);
        this.tally.resume(session.manifest().recordings());
    }

    @Override
    public int doWork() {
        if (bus.isClosed()) {
            throw new AgentTerminationException("the driver is gone");
        }
        final long nowNs = clock.nanoTime();
        scan.update();
        final boolean isCheckpointDue = nowNs >= nextCheckpointNs;
        if (isCheckpointDue || hasUnknownRecording()) {
            readCatalog();
        }
        scan.recorders().forEach(recorder -> tally.limit(recorder.recordingId(), recorder.position()));
        final int count = tally.poll(MESSAGES_A_CYCLE);
        if (nowNs >= nextCountersNs) {
            nextCountersNs = nowNs + COUNTERS_PERIOD_NS;
            final List<RecordingEntry> entries = tally.entries();
            session.count(entries, nowNs);
            counters.counted(session.manifest().streams());
            counters.positions(scan, durable, entries);
            latency.publish();
            latency.prune(entries);
        }
        if (isCheckpointDue) {
            nextCheckpointNs = nowNs + CHECKPOINT_PERIOD_NS;
            checkpoint(nowNs);
        }
        // Having caught up it waits: reading each few messages as they come would cost the recorder more than it tells.
        return count < MESSAGES_A_CYCLE ? 0 : count;
    }

    /**
     * Counts all that is left, once nothing is recorded any more, and says of which streams not everything is; on the
     * thread that has ended this agent's.
     *
     * @param published by all writers until the recording ended.
     * @return whether everything that was published is recorded.
     */
    public boolean finish(final PublishedTotals published) {
        finish();
        scan.update();
        final boolean isComplete = compare(published);
        // The counters go with the driver.
        if (!bus.isClosed()) {
            counters.counted(session.manifest().streams());
            counters.positions(scan, durable, tally.entries());
            latency.publish();
        }
        return isComplete;
    }

    /** Counts all that is left, when the recording goes on elsewhere; on the thread that has ended this agent's. */
    public void finish() {
        readCatalog();
        tally.pollAll();
        try {
            incidents.flush();
        } catch (final IOException e) {
            errors.onError(e);
        }
        session.count(tally.entries(), clock.nanoTime());
    }

    private boolean compare(final PublishedTotals published) {
        final Map<Integer, StreamTotal> totals = new HashMap<>();
        session.manifest().streams().forEach(total -> totals.put(total.streamId(), total));
        final List<UnrecordedTail> tails = new ArrayList<>();
        boolean isComplete = true;
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            final int streamId = stream.streamId();
            final StreamTotal total = totals.get(streamId);
            final long recorded = total == null ? 0 : total.messages();
            final long unrecorded = published.unrecorded(streamId, recorded);
            final long behind = published.behindTheEnd(streamId, recorded, total == null ? 0 : total.missing());
            // Bytes without a message are room that a writer had claimed when it was killed.
            if (unrecorded > 0) {
                final long behindBytes = StreamCounters.lagBytes(streamId, scan, tally.entries());
                if (behind > 0) {
                    counters.leftBehind(streamId, behind);
                    tails.add(new UnrecordedTail(streamId, stream.name(), behind, behindBytes));
                }
                isComplete = false;
                LOG.log(
                        System.Logger.Level.ERROR,
                        "event=not-recorded stream=" + stream.name() + " messages=" + unrecorded + " atTheEnd=" + behind
                                + " bytesAtTheEnd=" + behindBytes + " recorded=" + recorded);
            }
        }
        session.unrecorded(tails);
        return isComplete;
    }

    @Override
    public String roleName() {
        return "log-tail";
    }

    @Override
    public void onMessage(final RecordedMessage message) {
        session.describe(robot, message);
        latency.onMessage(message);
        try {
            incidents.onMessage(message);
        } catch (final IOException e) {
            errors.onError(e);
        }
    }

    @Override
    public void onGap(final RecordedMessage message, final long firstSequence, final long lastSequence) {
        final RecordingDescriptor recording = message.recording();
        final boolean isBetweenRecordings = message.position() == recording.startPosition();
        if (isBetweenRecordings) {
            counters.leftBehind(recording.streamId(), lastSequence - firstSequence + 1);
        }
        losses.accept(new LossReport(
                recording.streamId(),
                recording.sessionId(),
                firstSequence,
                lastSequence,
                isBetweenRecordings ? LossReason.RECORDING_GAP : LossReason.SEQUENCE_GAP));
    }

    @Override
    public void onDamage(final Damage damage) {
        LOG.log(System.Logger.Level.WARNING, "event=damage " + damage.text());
    }

    @Override
    public void close() {
        tally.close();
    }

    private boolean hasUnknownRecording() {
        for (final RecorderPosition recorder : scan.recorders()) {
            if (!knownRecordings.contains(recorder.recordingId())) {
                return true;
            }
        }
        return false;
    }

    private void readCatalog() {
        for (final RecordingDescriptor recording : ArchiveCatalog.recordings(archiveDir, ledger)) {
            knownRecordings.add(recording.recordingId());
            tally.update(recording);
        }
    }

    private void checkpoint(final long nowNs) {
        session.count(tally.entries(), nowNs);
        try {
            diskFreeBytes.setRelease(Files.getFileStore(archiveDir).getUsableSpace());
            incidents.flush();
            session.write();
        } catch (final IOException | UncheckedIOException e) {
            errors.onError(e);
        }
    }
}
