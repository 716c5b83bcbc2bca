package io.tendon.store.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.json.MessageIr;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.Indexer;
import io.tendon.store.StoreException;
import io.tendon.store.rows.ResultColumn;
import io.tendon.store.rows.RowSink;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers about spans against what is computed from each value. */
class SeriesQuestionTest {
    private static final int STATES = 6_300;
    private static final SeriesField FIELD = SeriesField.parse("joint_position[2]");

    @TempDir
    private static Path dir;

    private static @Nullable HistoryIndex index;

    @BeforeAll
    static void record() {
        final Path archiveDir;
        try (RecordedArchive archive = new RecordedArchive(dir.resolve("recorder"))) {
            archiveDir = archive.archiveDir();
            archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
            final ExclusivePublication first = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
            for (int i = 0; i < STATES / 2; i++) {
                archive.publish(first, TestMessages.jointState(i));
            }
            archive.awaitRecorded(first, 1);
            // Another life of the writer, in the middle of a second.
            final ExclusivePublication second = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
            for (int i = STATES / 2; i < STATES; i++) {
                archive.publish(second, TestMessages.jointState(i));
            }
            archive.awaitRecorded(second, 1);
        }
        index = HistoryIndex.open(
                dir.resolve("index"),
                MessageIr.decode(MessageSchema.irBytes()),
                new EngineLimits(EngineLimits.LIVE_MEMORY_MIB, 1, dir.resolve("spill")),
                notice -> {});
        final Indexer indexer = new Indexer(archiveDir, List.of(index), DamageListener.IGNORED);
        ArchiveListing.of(archiveDir).recordings().forEach(indexer::update);
        indexer.catchUp(1_000);
    }

    @AfterAll
    static void close() {
        if (index != null) {
            index.close();
        }
    }

    @Test
    void shouldGiveEachValueInOrder() throws Exception {
        final TimeRange range = range(100, 350);
        final List<List<@Nullable Object>> rows = ask(question(range).everyValue());

        assertThat(rows).hasSize(250);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).get(1)).isEqualTo(value(100 + i));
        }
    }

    @Test
    void shouldAnswerFromFiguresAsFromEachValue() throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            final int from = random.nextInt(STATES);
            final int to = from + 1 + random.nextInt(STATES - from);
            final long everyNs = List.of(7_000_000L, 100_000_000L, 1_000_000_000L, 2_000_000_000L, 60_000_000_000L)
                    .get(random.nextInt(5));
            final boolean isOpen = random.nextInt(4) == 0;
            assertEqualsNaive(
                    isOpen ? TimeRange.ALL : range(from, to),
                    isOpen ? 0 : from,
                    isOpen ? STATES : to,
                    everyNs,
                    "seed " + seed);
        }
    }

    @Test
    void shouldLeaveOutWhatIsNoNumber() throws Exception {
        final SeriesField field = SeriesField.parse("wrist_force_n_y");
        final List<List<@Nullable Object>> rows =
                ask(new SeriesQuestion("joint_state", "control.state", List.of(field), List.of(field), TimeRange.ALL)
                        .spans(
                                1_000_000_000L,
                                List.of(SeriesAggregate.COUNT, SeriesAggregate.MEAN, SeriesAggregate.LAST),
                                true));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.get(1)).isEqualTo(0L);
            assertThat(row.get(2)).isNull();
            assertThat(row.get(3)).isNull();
        });
    }

    @Test
    void shouldRefuseAFieldThatIsNone() {
        for (final String text : List.of("", "a b", "x[0]", "x[", "x\"; DROP TABLE t", "Joint")) {
            assertThatThrownBy(() -> SeriesField.parse(text))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("field=" + text);
        }
    }

    private static void assertEqualsNaive(
            final TimeRange range, final int from, final int to, final long everyNs, final String about)
            throws Exception {
        final TreeMap<Long, List<Double>> spans = new TreeMap<>();
        for (int i = from; i < to; i++) {
            spans.computeIfAbsent(Math.floorDiv(timeNs(i), everyNs) * everyNs, key -> new ArrayList<>())
                    .add(value(i));
        }
        final List<List<@Nullable Object>> rows =
                ask(question(range).spans(everyNs, List.of(SeriesAggregate.values()), true));
        assertThat(rows).as(about).hasSize(spans.size());
        int i = 0;
        for (final List<Double> values : spans.values()) {
            final List<@Nullable Object> row = rows.get(i++);
            final double mean =
                    values.stream().mapToDouble(value -> value).average().orElseThrow();
            assertThat(row.get(1)).as(about).isEqualTo((long) values.size());
            assertThat(row.get(2))
                    .as(about)
                    .isEqualTo(values.stream().min(Double::compare).orElseThrow());
            assertThat(row.get(3))
                    .as(about)
                    .isEqualTo(values.stream().max(Double::compare).orElseThrow());
            assertThat((Double) row.get(4)).as(about).isCloseTo(mean, within(1e-12));
            if (values.size() > 1) {
                final double squares = values.stream()
                        .mapToDouble(value -> (value - mean) * (value - mean))
                        .sum();
                assertThat((Double) row.get(5))
                        .as(about)
                        .isCloseTo(Math.sqrt(squares / (values.size() - 1)), within(1e-12));
            } else {
                assertThat(row.get(5)).as(about).isNull();
            }
            assertThat(row.get(6)).as(about).isEqualTo(values.get(values.size() - 1));
        }
    }

    private static SeriesQuestion question(final TimeRange range) {
        return new SeriesQuestion("joint_state", "control.state", List.of(FIELD), List.of(FIELD), range);
    }

    private static TimeRange range(final int from, final int to) {
        return new TimeRange(timeNs(from), timeNs(to));
    }

    private static long timeNs(final int sequence) {
        return TestMessages.START_NS + sequence * TestMessages.PERIOD_NS;
    }

    private static double value(final int sequence) {
        return Math.sin(sequence * 0.001 + 1);
    }

    private static List<List<@Nullable Object>> ask(final String sql) throws SQLException, IOException {
        final List<List<@Nullable Object>> rows = new ArrayList<>();
        if (index == null) {
            throw new IllegalStateException("no index");
        }
        try (DuckDBConnection connection = index.connection("s")) {
            new SqlQuestion(connection, 10_000_000_000L).ask(sql, new RowSink() {
                @Override
                public void columns(final List<ResultColumn> columns) {
                    assertThat(columns).isNotEmpty();
                }

                @Override
                public void row(final List<@Nullable Object> values) {
                    rows.add(new ArrayList<>(values));
                }

                @Override
                public void end() {}
            });
        }
        return rows;
    }
}
