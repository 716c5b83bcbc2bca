package io.tendon.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.EmbeddingDecoder;
import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.StateEntryDecoder;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.SessionStore;
import io.tendon.store.vector.SessionVectors;
import io.tendon.store.vector.VectorCatchUp;
import io.tendon.store.vector.VectorDirectory;
import io.tendon.store.vector.VectorEntry;
import io.tendon.store.vector.VectorFilter;
import io.tendon.store.vector.VectorQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.IoUtil;
import org.agrona.collections.LongHashSet;
import org.duckdb.DuckDBConnection;

/**
 * Holds against each other what a killed recorder has left of a session: the log, what the recorder had said of it, the
 * tables, and the vectors.
 */
final class KilledSession {
    private static final int MEMORY_MIB = 128;
    private static final Map<String, Integer> TABLES = Map.of(
            "joint_state", JointStateDecoder.TEMPLATE_ID,
            "event", EventDecoder.TEMPLATE_ID,
            "embedding", EmbeddingDecoder.TEMPLATE_ID,
            "state_entry", StateEntryDecoder.TEMPLATE_ID);

    private final SessionDirectory directory;
    private final String what;
    private final List<String> notices = new ArrayList<>();

    /**
     * Looks at nothing yet.
     *
     * @param directory of the session.
     * @param what the test's seed, for whoever reads of a failure.
     */
    KilledSession(final SessionDirectory directory, final String what) {
        this.directory = directory;
        this.what = what;
    }

    /**
     * Everything that was said to be recorded, and so what was said to be durable, stands in the recording of which it was
     * said, but for what was deleted to make room.
     *
     * @return how many messages were looked for.
     */
    long checkLog(final RollingWriter writer, final int streamId, final Map<Long, Long> recorded) {
        final long[] places = writer.places();
        long looked = 0;
        for (final RecordingDescriptor recording :
                ArchiveListing.of(directory.archive()).recordings()) {
            final long said = recorded.getOrDefault(recording.recordingId(), 0L);
            if (recording.streamId() != streamId || recording.sessionId() != writer.sessionId() || said == 0) {
                continue;
            }
            final LongHashSet ends = ends(recording, said);
            // Read behind: the recorder that runs may have made room meanwhile.
            final List<PurgedSegment> purged = new PurgeLedger(directory.archive()).segments();
            for (int i = 0; i < places.length; i += 2) {
                if (places[i] >= recording.startPosition()
                        && places[i + 1] <= said
                        && !isPurged(purged, recording.recordingId(), places[i])) {
                    assertThat(ends.contains(places[i + 1]))
                            .as(
                                    "%s: message %d to %d of recording %d, said to be recorded up to %d",
                                    what, places[i], places[i + 1], recording.recordingId(), said)
                            .isTrue();
                    looked++;
                }
            }
        }
        return looked;
    }

    private static boolean isPurged(final List<PurgedSegment> purged, final long recordingId, final long position) {
        return purged.stream()
                .anyMatch(segment -> segment.recordingId() == recordingId
                        && segment.fromPosition() <= position
                        && position < segment.toPosition());
    }

    private LongHashSet ends(final RecordingDescriptor recording, final long said) {
        final LongHashSet ends = new LongHashSet();
        try (RecordingReader reader = new RecordingReader(
                directory.archive(),
                recording,
                // Behind the last message the padding may be gone.
                damage -> assertThat(damage.toPosition())
                        .as("%s: %s", what, damage.text())
                        .isGreaterThanOrEqualTo(said))) {
            if (recording.isOpen()) {
                reader.limit(said);
            }
            while (reader.next()) {
                ends.add(reader.message().nextPosition());
            }
        }
        return ends;
    }

    /** The tables hold each message of the log once, and their figures are those that are made from it anew. */
    int checkTables() throws SQLException {
        assertThat(Session.open(directory).damages()).as(what).isEmpty();
        final List<String> kept;
        try (SessionStore store = SessionStore.open(directory, MEMORY_MIB, notices::add, damage -> {})) {
            kept = rows(store);
        }
        assertThat(notices).as(what).isEmpty();
        try (SessionStore store = SessionStore.openAnew(directory, MEMORY_MIB, notices::add, damage -> {})) {
            assertThat(rows(store)).as("made again, %s", what).isEqualTo(kept);
        }
        return kept.size();
    }

    /** Takes the embeddings in as far as they are recorded; the recorder may run. */
    void takeVectorsIn() {
        VectorCatchUp.run(
                directory,
                damage -> {
                    throw new AssertionError(what + ": " + damage.text());
                },
                notices::add);
    }

    /** The vectors are each embedding of the log once, and of those that were deleted some. */
    int checkVectors() {
        takeVectorsIn();
        final List<String> kept = vectors();
        IoUtil.delete(VectorDirectory.of(directory).root().toFile(), false);
        takeVectorsIn();
        final List<String> anew = vectors();
        final Set<String> logged = new TreeSet<>();
        read(EmbeddingDecoder.TEMPLATE_ID, message -> logged.add(place(message)));
        assertThat(notices).as(what).isEmpty();
        assertThat(new TreeSet<>(anew)).as(what).hasSameSizeAs(anew).isEqualTo(logged);
        assertThat(new TreeSet<>(kept)).as(what).hasSameSizeAs(kept).containsAll(logged);
        final List<RecordingDescriptor> recordings =
                ArchiveListing.of(directory.archive()).recordings();
        assertThat(kept).filteredOn(place -> !logged.contains(place)).as(what).allSatisfy(place -> {
            final String[] words = place.split(" ");
            assertThat(recordings)
                    .filteredOn(recording -> recording.streamId() == StreamCatalog.FUSION_EMBEDDING.streamId()
                            && recording.sessionId() == Integer.parseInt(words[0]))
                    .anyMatch(recording -> recording.behindPurged(Long.parseLong(words[1])) > Long.parseLong(words[1]));
        });
        return kept.size();
    }

    private List<String> vectors() {
        final float[] any = new float[KilledRobot.DIMENSION];
        any[0] = 1;
        try (SessionVectors vectors = SessionVectors.open(directory, notices::add)) {
            return vectors
                    .search(new VectorQuery(KilledRobot.MODEL, any, 1_000_000, Set.of(), VectorFilter.ALL))
                    .stream()
                    .map(match -> place(match.entry()))
                    .toList();
        }
    }

    private static String place(final VectorEntry entry) {
        return entry.sessionId() + " " + entry.position() + ' ' + entry.label();
    }

    private static String place(final RecordedMessage message) {
        final EmbeddingDecoder decoder = new EmbeddingDecoder();
        decoder.wrapAndApplyHeader(message.buffer(), message.offset(), new io.tendon.schemas.MessageHeaderDecoder());
        decoder.inputs().forEach(input -> {});
        decoder.elements().forEach(element -> {});
        return message.recording().sessionId() + " " + message.position() + ' ' + decoder.label();
    }

    /** All rows and figures in an order that does not depend on when they were taken in; held against the log. */
    private List<String> rows(final SessionStore store) throws SQLException {
        ArchiveListing.of(directory.archive()).recordings().forEach(store.indexer()::update);
        store.indexer().catchUp(5_000);
        final List<String> all = new ArrayList<>();
        try (DuckDBConnection connection = store.history().connection(directory.sessionId());
                Statement statement = connection.createStatement()) {
            for (final Map.Entry<String, Integer> table : TABLES.entrySet()) {
                final Set<String> logged = logged(table.getValue());
                if (!logged.isEmpty()) {
                    final List<String> places = places(statement, table.getKey());
                    assertThat(new TreeSet<>(places))
                            .as("%s, %s", table.getKey(), what)
                            .hasSameSizeAs(places)
                            .isEqualTo(logged);
                }
            }
            for (final String table : List.of("joint_state", "joint_state_1s", "joint_state_1min", "event")) {
                try (ResultSet rows = statement.executeQuery("SELECT t::VARCHAR FROM " + table
                        + " AS t ORDER BY stream, session_id, capture_time, position")) {
                    while (rows.next()) {
                        all.add(table + rows.getString(1));
                    }
                }
            }
        }
        return all;
    }

    private static List<String> places(final Statement statement, final String table) throws SQLException {
        final List<String> places = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT stream, session_id, position, sequence, epoch_ns(capture_time) FROM " + table)) {
            while (rows.next()) {
                places.add(rows.getString(1)
                        + ' '
                        + rows.getInt(2)
                        + ' '
                        + rows.getLong(3)
                        + ' '
                        + rows.getLong(4)
                        + ' '
                        + rows.getLong(5));
            }
        }
        return places;
    }

    private Set<String> logged(final int templateId) {
        final Set<String> places = new TreeSet<>();
        read(
                templateId,
                message -> places.add(message.recording().streamName()
                        + ' '
                        + message.recording().sessionId()
                        + ' '
                        + message.position()
                        + ' '
                        + message.sequence()
                        + ' '
                        + message.captureTimeNs()));
        return places;
    }

    private void read(final int templateId, final java.util.function.Consumer<RecordedMessage> consumer) {
        try (SessionReader reader = new SessionReader(directory, stream -> true, TimeRange.ALL, damage -> {
            throw new AssertionError(what + ": " + damage.text());
        })) {
            while (reader.next()) {
                final RecordedMessage message = reader.message();
                if (MessageSchema.templateId(message.buffer(), message.offset()) == templateId) {
                    consumer.accept(message);
                }
            }
        }
    }
}
