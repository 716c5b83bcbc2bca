package io.tendon.sessionlog.durability;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionTail;
import io.tendon.sessionlog.manifest.ManifestException;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import io.tendon.sessionlog.recording.SaidProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a session stood with the device when its recorder was killed or the power went: what was recorded and not known to be
 * flushed, and what is known to have been published and is not recorded. Both as the recorder itself said last on
 * persistence.progress, which is recorded like any other stream; what was published after that nobody knows. Immutable; any
 * thread.
 *
 * @param durability as the recorder was told, such as {@code periodic 100ms}; empty when it is not known.
 * @param streams that had something that was not flushed, or lost something; by ascending id.
 */
public record CutOff(String durability, List<StreamCutOff> streams) {
    /** Of persistence.progress: some seconds of it. */
    private static final long TAIL_BYTES = 256 * 1024;

    private static final int ALL = Integer.MAX_VALUE;

    /** Copies the list. */
    public CutOff {
        streams = List.copyOf(streams);
    }

    /**
     * Reads it.
     *
     * @param session as it stands.
     * @return what is known; without streams when it ended in order or is being recorded.
     */
    public static CutOff of(final Session session) {
        final String durability = session.manifest().recorder().durability();
        if (session.manifest().presentState() != SessionState.INTERRUPTED) {
            return new CutOff(durability, List.of());
        }
        final Map<Long, Said> said = said(session);
        checkpoint(session, said);
        final Map<Long, RecordingDescriptor> listed = new HashMap<>();
        ArchiveListing.of(session.directory().archive())
                .recordings()
                .forEach(recording -> listed.put(recording.recordingId(), recording));
        final Map<Integer, StreamCutOff> streams = new TreeMap<>();
        for (final RecordingEntry entry : session.manifest().recordings()) {
            final RecordingDescriptor recording = listed.get(entry.recordingId());
            if (!entry.isStopped() && recording != null) {
                final StreamCutOff one =
                        of(session, recording, entry, said.getOrDefault(entry.recordingId(), Said.NOTHING));
                if (!one.isEmpty()) {
                    streams.merge(entry.streamId(), one, StreamCutOff::plus);
                }
            }
        }
        return new CutOff(durability, List.copyOf(streams.values()));
    }

    /** Bytes that were recorded and not known to be flushed, all streams together: at most so much a power cut took. */
    public long unflushedBytes() {
        return streams.stream().mapToLong(StreamCutOff::unflushedBytes).sum();
    }

    /** The longest time that any stream was recorded and not known to be flushed, ns. */
    public long unflushedNs() {
        return streams.stream().mapToLong(StreamCutOff::unflushedNs).max().orElse(0);
    }

    /** Bytes that were published and are not recorded, all streams together: at least so much is lost. */
    public long lostBytes() {
        return streams.stream().mapToLong(StreamCutOff::lostBytes).sum();
    }

    private static StreamCutOff of(
            final Session session, final RecordingDescriptor recording, final RecordingEntry entry, final Said said) {
        final long durablePosition = Math.max(said.durablePosition, entry.startPosition());
        final Span unflushed = durablePosition > entry.startPosition()
                ? Span.read(session, recording, durablePosition)
                : Span.ofAll(session, recording, entry);
        return new StreamCutOff(
                entry.streamId(),
                entry.streamName(),
                Math.max(0, unflushed.endPosition - durablePosition),
                unflushed.messages,
                unflushed.lastNs - unflushed.firstNs,
                Math.max(0, said.writtenPosition - unflushed.endPosition));
    }

    private static Map<Long, Said> said(final Session session) {
        final Map<Long, Said> said = new HashMap<>();
        final SaidProgress progress = new SaidProgress();
        try (SessionTail tail = new SessionTail(
                session.directory(), id -> id == StreamCatalog.PERSISTENCE_PROGRESS.streamId(), TAIL_BYTES)) {
            tail.poll(
                    session.manifest().recordings(),
                    ALL,
                    message -> progress.read(
                            message,
                            recording -> said.merge(
                                    recording.recordingId(),
                                    new Said(
                                            recording.durablePosition(),
                                            Math.max(recording.recordedPosition(), recording.publishedPosition())),
                                    Said::later)));
        }
        return said;
    }

    /** What the manifest's file says was counted had been recorded, whether or not it still is. */
    private static void checkpoint(final Session session, final Map<Long, Said> said) {
        try {
            SessionManifestFile.read(session.directory().manifest())
                    .recordings()
                    .forEach(entry ->
                            said.merge(entry.recordingId(), new Said(0, entry.countedPosition()), Said::later));
        } catch (final ManifestException e) {
            // Among the session's warnings.
        }
    }

    /** Messages of a recording, when the first and the last of them were captured, and where the recording ends. */
    private record Span(long messages, long firstNs, long lastNs, long endPosition) {
        /** To the end of what is there, and not of what was counted: the power may have taken that. */
        static Span read(final Session session, final RecordingDescriptor recording, final long fromPosition) {
            long messages = 0;
            long firstNs = 0;
            long lastNs = 0;
            try (RecordingReader reader = reader(session, recording, fromPosition)) {
                while (reader.next()) {
                    final long captureNs = reader.message().captureTimeNs();
                    firstNs = messages == 0 ? captureNs : firstNs;
                    lastNs = Math.max(lastNs, captureNs);
                    messages++;
                }
                return new Span(messages, firstNs, lastNs, reader.nextPosition());
            }
        }

        /** Of which nothing was flushed, as without durability: counted already, and too long to be read for that. */
        static Span ofAll(final Session session, final RecordingDescriptor recording, final RecordingEntry entry) {
            final long countedPosition = entry.stopPosition();
            if (countedPosition > entry.startPosition()) {
                final long lastBase = recording.segmentBasePosition(countedPosition - 1);
                final Span last = read(session, recording, Math.max(entry.startPosition(), lastBase));
                if (last.endPosition == countedPosition) {
                    try (RecordingReader reader = reader(session, recording, entry.startPosition())) {
                        final long firstNs = reader.next() ? reader.message().captureTimeNs() : last.firstNs;
                        return new Span(entry.messages(), firstNs, Math.max(firstNs, last.lastNs), last.endPosition);
                    }
                }
            }
            return read(session, recording, entry.startPosition());
        }

        private static RecordingReader reader(
                final Session session, final RecordingDescriptor recording, final long fromPosition) {
            final RecordingReader reader =
                    new RecordingReader(session.directory().archive(), recording, DamageListener.IGNORED);
            reader.seek(recording.behindPurged(fromPosition));
            return reader;
        }
    }

    /** How far a recording was, as far as anybody said. */
    private record Said(long durablePosition, long writtenPosition) {
        private static final Said NOTHING = new Said(0, 0);

        Said later(final Said other) {
            return new Said(
                    Math.max(durablePosition, other.durablePosition), Math.max(writtenPosition, other.writtenPosition));
        }
    }
}
