package io.tendon.store.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.EmbeddingKind;
import io.tendon.sessionlog.TestMessages;
import io.tendon.store.Indexer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds an index from what a real archive recorded. */
class VectorIndexTest {
    private static final int COUNT = 1_500;

    @TempDir
    private Path dir;

    private final List<String> notices = new ArrayList<>();
    private RecordedEmbeddings recorded;

    @BeforeEach
    void record() {
        recorded = new RecordedEmbeddings(dir.resolve("recorder"), 17);
        recorded.publish(COUNT);
    }

    @AfterEach
    void close() {
        recorded.close();
    }

    @Test
    void shouldHoldEachEmbeddingInTheFileOfItsModel() {
        catchUp(COUNT);

        assertThat(RecordedEmbeddings.stored(indexDir())).isEqualTo(recorded.said());
        assertThat(recorded.said()).containsOnlyKeys(RecordedEmbeddings.MODELS);
        assertThat(notices).isEmpty();
    }

    @Test
    void shouldGoOnWhereItStoodWhenItIsOpenedAgain() {
        catchUp(COUNT);
        recorded.publish(400);
        catchUp(400);

        assertThat(RecordedEmbeddings.stored(indexDir())).isEqualTo(recorded.said());
    }

    @Test
    void shouldNeitherLoseNorDoubleWhatWasNotCommitted() {
        try (Indexer indexer = RecordedEmbeddings.indexer(recorded.archiveDir(), open())) {
            indexer.poll(100);
            indexer.commit();
            // Enough to fill buffers, so that some of it is in the files and some of it is not.
            indexer.poll(900);
        }
        catchUp(COUNT - 100);

        assertThat(RecordedEmbeddings.stored(indexDir())).isEqualTo(recorded.said());
    }

    @Test
    void shouldTakeFromTheLogAgainWhatIsGoneOrDamaged() throws IOException {
        catchUp(COUNT);
        final List<Path> files = VectorDirectory.in(indexDir()).files(VectorOrigin.RECORDED);
        Files.delete(files.get(0));
        final byte[] bytes = Files.readAllBytes(files.get(1));
        bytes[bytes.length / 2] ^= 1;
        Files.write(files.get(1), bytes);
        final byte[] header = Files.readAllBytes(files.get(2));
        header[40] ^= 1;
        Files.write(files.get(2), header);

        catchUp(COUNT);

        assertThat(RecordedEmbeddings.stored(indexDir())).isEqualTo(recorded.said());
        assertThat(notices)
                .hasSize(2)
                .anyMatch(notice -> notice.contains("cut off"))
                .anyMatch(notice -> notice.contains("damaged header: deleted"));
    }

    @Test
    void shouldReadTheLogFromItsBeginningWhenThePositionsAreDamaged() throws IOException {
        catchUp(COUNT);
        final Path positions = VectorDirectory.in(indexDir()).logPositions();
        final byte[] good = Files.readAllBytes(positions);
        for (int at = 0; at < good.length; at++) {
            final byte[] bad = good.clone();
            bad[at] ^= 0x10;
            Files.write(positions, bad);
            assertThat(LogPositions.read(positions)).as("byte %d", at).isEqualTo(LogPositions.NONE);
            Files.write(positions, Arrays.copyOf(good, at));
            assertThat(LogPositions.read(positions)).as("%d bytes", at).isEqualTo(LogPositions.NONE);
        }

        catchUp(COUNT);

        assertThat(RecordedEmbeddings.stored(indexDir())).isEqualTo(recorded.said());
    }

    @Test
    void shouldBeTheSameWhenItWasDeletedAndBuiltAgain() throws IOException {
        catchUp(COUNT);
        final List<byte[]> before = contents();
        IoUtil.delete(indexDir().toFile(), false);
        catchUp(COUNT);

        assertThat(contents()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void shouldPassOverWhatNoModelCanHave() {
        final float[] zero = new float[24];
        final float[] infinite = new float[24];
        infinite[3] = Float.POSITIVE_INFINITY;
        recorded.publish(TestVectors.message(900, EmbeddingKind.OBJECT, "", "clip", zero));
        recorded.publish(TestVectors.message(901, EmbeddingKind.OBJECT, "", "clip", infinite));
        recorded.publish(TestVectors.message(902, EmbeddingKind.OBJECT, "", "clip", new float[] {1, 2}));
        recorded.publish(TestVectors.message(903, EmbeddingKind.OBJECT, "", "empty", new float[0]));
        recorded.publish(TestMessages.event(904));
        try (VectorIndex index = open()) {
            RecordedEmbeddings.indexer(recorded.archiveDir(), index).catchUp(100);
            assertThat(index.passedOver()).isEqualTo(5);
        }
        assertThat(RecordedEmbeddings.stored(indexDir())).isEqualTo(recorded.said());
        catchUp(0);
    }

    @Test
    void shouldWantNothingOfOtherStreamsAndLetOneProcessAppend() {
        try (VectorIndex index = open()) {
            final long key = (long) StreamCatalog.CONTROL_STATE.streamId() << 32 | 5;
            assertThat(index.position(key)).isEqualTo(VectorIndex.NOT_WANTED);
            assertThat(index.position((long) StreamCatalog.FUSION_EMBEDDING.streamId() << 32 | 5))
                    .isZero();
            assertThat(VectorIndex.open(indexDir(), notices::add)).isEmpty();
        }
        open().close();
    }

    private void catchUp(final int messages) {
        try (Indexer indexer = RecordedEmbeddings.indexer(recorded.archiveDir(), open())) {
            indexer.catchUp(70);
            assertThat(indexer.indexedMessages()).isEqualTo(messages);
        }
    }

    /** Records in their order, without the headers, in which a file's id is random. */
    private List<byte[]> contents() throws IOException {
        final List<byte[]> contents = new ArrayList<>();
        for (final Path file : VectorDirectory.in(indexDir()).files(VectorOrigin.RECORDED)) {
            final byte[] bytes = Files.readAllBytes(file);
            contents.add(Arrays.copyOfRange(bytes, VectorFileDescriptor.HEADER_BYTES, bytes.length));
        }
        return contents;
    }

    private Path indexDir() {
        return dir.resolve("index");
    }

    private VectorIndex open() {
        return VectorIndex.open(indexDir(), notices::add).orElseThrow();
    }
}
