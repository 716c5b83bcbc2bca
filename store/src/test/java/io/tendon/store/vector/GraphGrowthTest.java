package io.tendon.store.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.archive.client.AeronArchive;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.TestJvm;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph that comes when a file is long, grows with it, and is killed on the way. */
class GraphGrowthTest {
    private static final int DIMENSION = 16;
    private static final long SEED = 41;
    private static final int KILLS = 6;

    @TempDir
    private Path dir;

    private final List<String> notices = new ArrayList<>();
    private final TestVectors source = new TestVectors(SEED, DIMENSION, ApproximateDescriptor.THRESHOLD_RECORDS);

    @Test
    void shouldCoverALongFileAndStillFindWhatCameLast() {
        final int count = ApproximateDescriptor.THRESHOLD_RECORDS + 300;
        try (VectorIndex index = open()) {
            feed(index, 0, ApproximateDescriptor.THRESHOLD_RECORDS - 1);
            index.commit();
            index.complete();
            assertThat(covered()).as("the file is too short").isZero();
            feed(index, ApproximateDescriptor.THRESHOLD_RECORDS - 1, count);
            index.commit();
            index.complete();
            assertThat(covered()).isEqualTo(ApproximateDescriptor.THRESHOLD_RECORDS);
        }
        assertThat(notices).singleElement().asString().contains("model m: builds its graph on");
        final int more = ApproximateDescriptor.BLOCK_RECORDS;
        try (VectorIndex index = open()) {
            feed(index, count, count + more);
            index.commit();
            index.complete();
        }
        assertThat(covered()).isEqualTo(ApproximateDescriptor.THRESHOLD_RECORDS + ApproximateDescriptor.BLOCK_RECORDS);
        try (SessionVectors session = SessionVectors.open("s1", VectorDirectory.in(dir), notices::add)) {
            final SearchableVectors set = session.sets().get(0);
            assertThat(set.file().records()).isEqualTo(count + more);
            for (final long record : new long[] {0, 20_000, count - 1, count + more - 1}) {
                final VectorQuery query =
                        new VectorQuery("m", set.file().vector(record).orElseThrow(), 1, Set.of(), VectorFilter.ALL);
                assertThat(session.search(query))
                        .as("seed %d, record %d", SEED, record)
                        .singleElement()
                        .satisfies(match -> assertThat(match.entry().position()).isEqualTo(position(record)));
            }
            assertThat(session.recall(50, SEED))
                    .singleElement()
                    .satisfies(figures -> assertThat(figures.recall()).isGreaterThanOrEqualTo(0.98));
        }
    }

    @Test
    void shouldAnswerRightlyAndGoOnWhenItsBuildingIsKilled() throws IOException, InterruptedException {
        final int count = 5 * ApproximateDescriptor.BLOCK_RECORDS + 77;
        final List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            vectors.add(source.next());
        }
        final VectorFile file = TestVectors.write(dir, "m", DIMENSION, vectors);
        final Random random = new Random(SEED);
        long before = 0;
        int killed = 0;
        for (int i = 0; i < KILLS; i++) {
            final Process process = launch(file.path());
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(lines.readLine()).isEqualTo("begins");
                killed += process.waitFor(50 + random.nextInt(700), TimeUnit.MILLISECONDS) ? 0 : 1;
                process.destroyForcibly();
                process.waitFor();
            }
            try (SearchableVectors set = SearchableVectors.open(file)) {
                assertThat(set.coveredRecords() % ApproximateDescriptor.BLOCK_RECORDS)
                        .isZero();
                assertThat(set.coveredRecords()).as("seed %d, kill %d", SEED, i).isGreaterThanOrEqualTo(before);
                before = set.coveredRecords();
                final VectorQuery last = new VectorQuery("m", vectors.get(count - 1), 1, Set.of(), VectorFilter.ALL);
                assertThat(set.search(last, notices::add).record(0)).isEqualTo(count - 1);
            }
        }
        assertThat(killed).as("kills that found it at work").isPositive();
        final Process process = launch(file.path());
        assertThat(process.waitFor()).isZero();
        try (SearchableVectors set = SearchableVectors.open(file)) {
            assertThat(set.coveredRecords()).isEqualTo(5L * ApproximateDescriptor.BLOCK_RECORDS);
            assertThat(RecallFigures.measure(set, 50, SEED, notices::add).recall())
                    .isGreaterThanOrEqualTo(0.98);
        }
        assertThat(notices).isEmpty();
    }

    private void feed(final VectorIndex index, final int from, final int to) {
        final RecordingDescriptor recording = new RecordingDescriptor(
                0,
                TestVectors.STREAM_ID,
                7,
                0,
                AeronArchive.NULL_POSITION,
                0,
                -1,
                0,
                1 << 27,
                1 << 16,
                1408,
                "aeron:ipc",
                true,
                List.of());
        final RecordedMessage message = new RecordedMessage(recording, new UnsafeBuffer());
        for (int i = from; i < to; i++) {
            final UnsafeBuffer buffer = TestVectors.message(i, EmbeddingKind.WINDOW, "", "m", source.next());
            message.wrap(buffer, 0, buffer.capacity(), position(i), position(i + 1L));
            index.onMessage(message);
        }
    }

    private long covered() {
        try (SessionVectors session = SessionVectors.open("s1", VectorDirectory.in(dir), notices::add)) {
            return session.models().get(0).coveredRecords();
        }
    }

    private static long position(final long record) {
        return record * TestVectors.RECORD_LOG_BYTES;
    }

    private VectorIndex open() {
        return VectorIndex.open(dir, notices::add).orElseThrow();
    }

    private static Process launch(final Path file) throws IOException {
        return TestJvm.command(List.of("-Xmx56m"), GraphBuildingProcess.class, file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
