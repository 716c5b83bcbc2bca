package io.tendon.persistence.recording;

import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import io.aeron.archive.codecs.RecordingSignal;
import io.aeron.exceptions.TimeoutException;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.event.EventPublisher;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.Severity;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.ErrorHandler;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Keeps every stream of the catalog recorded. It looks at the counters of writers and recordings: a writer that has
 * published more than any recording holds, and that none records, was lost by its recording (left behind after a stall,
 * or a write error), and the stream's recording is restarted. A stop signal of the archive makes it look without grace.
 * A recording that ends with its writer is no such case. One owner thread, which is the archive client's.
 */
public final class RecordingSupervisor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RecordingSupervisor.class.getName());

    /** How long a writer may be unrecorded before that is a fault: a recording of a new writer takes that to begin. */
    static final long GRACE_NS = 500_000_000L;

    /** Least time between two restarts of one stream. */
    static final long RESTART_INTERVAL_NS = 2_000_000_000L;

    private final BusConnection bus;
    private final ArchiveHost host;
    private final AeronArchive archive;
    private final PositionScan scan;
    private final EpochNanoClock clock;
    private final AtomicCounter restarts;
    private final ErrorHandler errors;
    private final Map<Integer, StreamRecording> streams = new LinkedHashMap<>();
    private final Map<Long, RecorderPosition> active = new HashMap<>();
    private final LongHashSet stopped = new LongHashSet();
    private final RecordedPositions recorded;
    private final Map<Integer, Long> unrecordedSinceNs = new HashMap<>();
    private final Map<Integer, Long> restartedNs = new HashMap<>();
    private final Map<Integer, Long> outages = new HashMap<>();
    private final DiskGuard disk;
    private String archiveError = "";
    private long archiveErrorNs;

    /**
     * Records nothing before {@link #startAll}.
     *
     * @param bus of this node.
     * @param host of the archive.
     * @param scan of its own; updated here.
     * @param restarts counts recordings that were restarted.
     * @param errors is told when the archive refuses.
     */
    public RecordingSupervisor(
            final BusConnection bus,
            final ArchiveHost host,
            final PositionScan scan,
            final AtomicCounter restarts,
            final ErrorHandler errors) {
        this.bus = bus;
        this.host = host;
        this.archive = ArchiveHost.connect(bus, this::onSignal, this::onArchiveError);
        this.scan = scan;
        this.recorded = new RecordedPositions(scan);
        this.clock = bus.clock();
        this.restarts = restarts;
        this.errors = errors;
        final boolean isTethered = bus.session().isTethered();
        StreamCatalog.all()
                .forEach(stream -> streams.put(stream.streamId(), new StreamRecording(stream, archive, isTethered)));
        final Map<Integer, AtomicCounter> held = new HashMap<>();
        StreamCatalog.all()
                .forEach(stream ->
                        held.put(stream.streamId(), bus.counters().stream(BusCounter.RECORDING_HELD, stream)));
        this.disk = new DiskGuard(host::freeBytes, host.stages(), streams.values(), held, clock, errors);
    }

    /** Begins to record every stream; to be called before this node publishes, so that nothing of its own is missed. */
    public void startAll() {
        disk.startAll();
    }

    /**
     * Looks at everything once.
     *
     * @param events is told of recordings that start and stop.
     * @return what there was to do.
     */
    public int doWork(final EventPublisher events) {
        int work = archive.pollForRecordingSignals();
        scan.update();
        work += disk.doWork((text, streamId) ->
                events.event(EventKind.RECORDING_STOPPED, Severity.ERROR, streamId, Double.NaN, text));
        work += noticeStarts(events);
        work += noticeStops(events);
        work += restartLost(events);
        return work;
    }

    /**
     * Whether every message that was published is in a recording, but for the streams that are {@link #isHeld held}: there is
     * no use in waiting for those, and the others are not to be cut short for their sake. A writer's position counter is moved
     * by the driver now and then; the publishers of this process say more exactly how far they are.
     *
     * @param ownPublishers of this process.
     * @return false while a recording is behind its writer.
     */
    public boolean isDrained(final List<MessagePublisher> ownPublishers) {
        scan.update();
        for (final MessagePublisher publisher : ownPublishers) {
            if (!isHeld(publisher.stream().streamId())
                    && recorded.position(publisher.sessionId()) < publisher.position()) {
                return false;
            }
        }
        return recorded.areComplete(streamId -> !isHeld(streamId));
    }

    /** Whether a stream that is held has published something that is not recorded. */
    public boolean isHeldBehind() {
        scan.update();
        return !recorded.areComplete(this::isHeld);
    }

    /** Whether a stream is not recorded at present, because the disk has no room for its rank. */
    public boolean isHeld(final int streamId) {
        return disk.isHeld(streamId);
    }

    /** Whether a stream that should be recorded cannot be, so that there is no use in waiting for its recording. */
    public boolean hasOutage() {
        return !outages.isEmpty() || !disk.noRoom().isEmpty();
    }

    /** Whether there is so little room on the disk that what can be made again must wait. Any thread. */
    public boolean isDiskLow() {
        return disk.isLow();
    }

    /** Asks the archive to end all recordings. */
    public void stopAll() {
        streams.values().forEach(StreamRecording::stop);
    }

    /** Whether any recording is still being written. */
    public boolean isRecording() {
        scan.update();
        return !scan.recorders().isEmpty();
    }

    /** Whether the archive has written down the end of every recording; asks its files and not the driver's counters. */
    public boolean areAllStopped() {
        return ArchiveCatalog.recordings(host.archiveDir()).stream().noneMatch(RecordingDescriptor::isOpen);
    }

    @Override
    public void close() {
        archive.close();
    }

    /** Whether there is nothing to supervise any more, because the driver or the archive is gone. */
    public boolean isClosed() {
        return bus.isClosed() || host.isClosed() || archive.state() != AeronArchive.State.CONNECTED;
    }

    /** Scan of the latest {@link #doWork}. */
    public PositionScan scan() {
        return scan;
    }

    private void onSignal(
            final long controlSessionId,
            final long correlationId,
            final long recordingId,
            final long subscriptionId,
            final long position,
            final RecordingSignal signal) {
        final RecorderPosition recorder = active.get(recordingId);
        if (signal == RecordingSignal.STOP && recorder != null) {
            stopped.add(recordingId);
            recorded.reached(recorder.sessionId(), position);
            unrecordedSinceNs.put(recorder.sessionId(), clock.nanoTime() - GRACE_NS);
        }
    }

    private void onArchiveError(final Throwable error) {
        archiveError = String.valueOf(error.getMessage());
        archiveErrorNs = clock.nanoTime();
        errors.onError(error);
    }

    private int noticeStarts(final EventPublisher events) {
        int work = 0;
        for (final RecorderPosition recorder : recorders()) {
            if (active.put(recorder.recordingId(), recorder) == null) {
                work++;
                final StreamRecording stream = streams.get(recorder.streamId());
                if (stream != null) {
                    stream.settle();
                    endOutage(stream, recorder);
                    final String resumed = disk.takeResumed(recorder.streamId());
                    events.event(
                            EventKind.RECORDING_STARTED,
                            Severity.INFO,
                            recorder.streamId(),
                            (double) recorder.recordingId(),
                            stream.stream().name() + " session=" + recorder.sessionId()
                                    + (resumed.isEmpty() ? "" : ", " + resumed));
                }
            }
            unrecordedSinceNs.remove(recorder.sessionId());
            recorded.reached(recorder.sessionId(), recorder.position());
        }
        return work;
    }

    private int noticeStops(final EventPublisher events) {
        final LongHashSet present = new LongHashSet();
        recorders().forEach(recorder -> present.add(recorder.recordingId()));
        final List<RecorderPosition> ended = active.values().stream()
                .filter(recorder -> !present.contains(recorder.recordingId()))
                .toList();
        if (!ended.isEmpty()) {
            recorded.takeStopped(ArchiveCatalog.recordings(host.archiveDir()));
        }
        for (final RecorderPosition recorder : ended) {
            active.remove(recorder.recordingId());
            // Of one that is held it was said why before it was stopped.
            if (!disk.isHeld(recorder.streamId())) {
                sayStopped(recorder, events);
            }
        }
        return ended.size();
    }

    private void sayStopped(final RecorderPosition recorder, final EventPublisher events) {
        final boolean isEndOfWriter = isEndOfWriter(recorder);
        final String text = isEndOfWriter
                ? "writer ended"
                : "stopped at position " + recorded.position(recorder.sessionId()) + " unasked: " + cause();
        events.event(
                EventKind.RECORDING_STOPPED,
                isEndOfWriter ? Severity.INFO : Severity.ERROR,
                recorder.streamId(),
                (double) recorder.recordingId(),
                text);
        if (!isEndOfWriter) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "event=recording-stopped recording=" + recorder.recordingId() + " stream="
                            + StreamCatalog.nameOf(recorder.streamId()) + " session=" + recorder.sessionId()
                            + " text=\""
                            + text + "\"");
        }
    }

    /** Why a recording has stopped, as far as one can tell: the archive says less than it knows. */
    private String cause() {
        final String noRoom = disk.noRoom();
        if (!noRoom.isEmpty()) {
            return noRoom;
        }
        return archiveErrorNs != 0 && clock.nanoTime() - archiveErrorNs < GRACE_NS
                ? archiveError
                : "left behind by its writer";
    }

    private int restartLost(final EventPublisher events) {
        int work = 0;
        final long nowNs = clock.nanoTime();
        for (final PublicationPosition publication : scan.publications()) {
            if (disk.isHeld(publication.streamId())) {
                unrecordedSinceNs.remove(publication.sessionId());
                continue;
            }
            if (isRecorded(publication.sessionId())
                    || publication.position() <= recorded.position(publication.sessionId())) {
                continue;
            }
            final long sinceNs = unrecordedSinceNs.computeIfAbsent(publication.sessionId(), key -> nowNs);
            final long lastNs = restartedNs.getOrDefault(publication.streamId(), Long.MIN_VALUE);
            if (nowNs - sinceNs >= GRACE_NS && (lastNs == Long.MIN_VALUE || nowNs - lastNs >= RESTART_INTERVAL_NS)) {
                restartedNs.put(publication.streamId(), nowNs);
                restart(publication, events);
                work++;
            }
        }
        return work;
    }

    private void restart(final PublicationPosition publication, final EventPublisher events) {
        final StreamRecording stream = streams.get(publication.streamId());
        if (stream == null) {
            return;
        }
        final String noRoom = disk.noRoom();
        if (!noRoom.isEmpty()) {
            beginOutage(stream, noRoom, events);
            return;
        }
        try {
            stream.restart();
            restarts.getAndAddRelease(1);
        } catch (final ArchiveException | TimeoutException e) {
            errors.onError(e);
            beginOutage(stream, String.valueOf(e.getMessage()), events);
        }
    }

    /** Says once that a stream cannot be recorded; it is tried again at every restart interval. */
    private void beginOutage(final StreamRecording stream, final String cause, final EventPublisher events) {
        if (outages.putIfAbsent(stream.stream().streamId(), clock.nanoTime()) == null) {
            final String text = stream.stream().name() + " cannot be recorded: " + cause;
            events.event(
                    EventKind.RECORDING_STOPPED, Severity.ERROR, stream.stream().streamId(), Double.NaN, text);
            LOG.log(
                    System.Logger.Level.ERROR,
                    "event=recording-impossible stream=" + stream.stream().name() + " cause=\"" + cause
                            + "\" directory=" + host.archiveDir() + " remedy=\"tried again every "
                            + RESTART_INTERVAL_NS / 1_000_000_000L + " s\"");
        }
    }

    private void endOutage(final StreamRecording stream, final RecorderPosition recorder) {
        final Long sinceNs = outages.remove(stream.stream().streamId());
        if (sinceNs != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "event=recording-resumed stream=" + stream.stream().name() + " recording=" + recorder.recordingId()
                            + " after=" + (clock.nanoTime() - sinceNs) / 1_000_000L + "ms");
        }
    }

    private boolean isEndOfWriter(final RecorderPosition recorder) {
        final long position = recorded.position(recorder.sessionId());
        return scan.publications().stream()
                .noneMatch(publication ->
                        publication.sessionId() == recorder.sessionId() && publication.position() > position);
    }

    /** Recordings that the archive has not said to be over; their counters stand there a little longer. */
    private List<RecorderPosition> recorders() {
        return scan.recorders().stream()
                .filter(recorder -> !stopped.contains(recorder.recordingId()))
                .toList();
    }

    private boolean isRecorded(final int sessionId) {
        return recorders().stream().anyMatch(recorder -> recorder.sessionId() == sessionId);
    }
}
