package io.tendon.store.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file of vectors gives back, whole, torn and damaged. */
class VectorFileTest {
    private static final int DIMENSION = 13;
    private static final int RECORDS = 5;
    private static final int RECORD_BYTES = VectorFileDescriptor.recordBytes(DIMENSION);

    @TempDir
    private Path dir;

    private final List<String> notices = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();

    @Test
    void shouldGiveBackWhatWasAppended() {
        final VectorFile file = VectorFile.open(write().path());

        assertThat(file.records()).isEqualTo(RECORDS);
        assertThat(file.header().model()).isEqualTo("a model/1");
        assertThat(file.header().dimension()).isEqualTo(DIMENSION);
        for (int i = 0; i < RECORDS; i++) {
            assertThat(file.entry(i)).contains(TestVectors.entry(i));
            assertThat(file.vector(i).orElseThrow()).isEqualTo(vectors.get(i));
        }
    }

    @Test
    void shouldCutOffTheLastRecordWhereverItIsTorn() throws IOException {
        final VectorFile file = write();
        final byte[] whole = Files.readAllBytes(file.path());
        for (int cut = 1; cut <= RECORD_BYTES; cut++) {
            Files.write(file.path(), Arrays.copyOf(whole, whole.length - cut));

            assertThat(VectorFile.open(file.path()).records()).isEqualTo(RECORDS - 1);
            try (VectorFileWriter writer = VectorFileWriter.open(file.path(), notices::add)) {
                final VectorEntry last = TestVectors.entry(RECORDS - 1);
                assertThat(writer.position(last.publicationKey())).isEqualTo(last.position());
                writer.append(last, vectors.get(RECORDS - 1));
                writer.commit();
            }
            assertThat(Files.readAllBytes(file.path()))
                    .as("cut by %d bytes", cut)
                    .isEqualTo(whole);
        }
        assertThat(notices).hasSize(RECORD_BYTES - 1);
    }

    @Test
    void shouldFindEveryFlippedByte() throws IOException {
        final VectorFile file = write();
        final byte[] whole = Files.readAllBytes(file.path());
        final int begin = (int) file.header().recordOffset(2);
        for (int at = begin; at < begin + RECORD_BYTES; at++) {
            final byte[] bad = whole.clone();
            bad[at] ^= 0x10;
            Files.write(file.path(), bad);

            final List<Long> sound = new ArrayList<>();
            try (VectorScan scan = VectorFile.open(file.path()).scan()) {
                while (scan.next()) {
                    sound.add(scan.record());
                }
                assertThat(scan.damaged()).as("byte %d", at - begin).isEqualTo(1);
            }
            assertThat(sound).containsExactly(0L, 1L, 3L, 4L);
        }
        try (VectorFileWriter writer = VectorFileWriter.open(file.path(), notices::add)) {
            assertThat(writer.stored().records())
                    .as("what follows a damaged record is taken from the log again")
                    .isEqualTo(2);
        }
        assertThat(notices).singleElement().asString().contains("behind record 2", "cut off");
    }

    @Test
    void shouldRefuseAFileWhoseHeaderIsDamagedOrOfAnotherVersion() throws IOException {
        final VectorFile file = write();
        final byte[] whole = Files.readAllBytes(file.path());
        for (int at = 0; at < VectorFileDescriptor.HEADER_BYTES; at++) {
            final byte[] bad = whole.clone();
            bad[at] ^= 0x10;
            Files.write(file.path(), bad);
            assertThatThrownBy(() -> VectorFile.open(file.path()))
                    .as("byte %d", at)
                    .isInstanceOf(VectorFileHeader.UnusableException.class);
        }
        final byte[] younger = whole.clone();
        younger[VectorFileDescriptor.VERSION_OFFSET] = 2;
        Files.write(file.path(), younger);
        assertThatThrownBy(() -> VectorFile.open(file.path())).hasMessageContaining("is of version 2, must be 1");
    }

    @Test
    void shouldCutOffATailOfZerosThatAPowerCutLeaves() throws IOException {
        final VectorFile file = write();
        final byte[] whole = Files.readAllBytes(file.path());
        Files.write(file.path(), Arrays.copyOf(whole, whole.length + 3 * RECORD_BYTES + 11));

        assertThat(VectorFile.open(file.path()).records()).isEqualTo(RECORDS);
        VectorFileWriter.open(file.path(), notices::add).close();
        assertThat(Files.readAllBytes(file.path())).isEqualTo(whole);
    }

    private VectorFile write() {
        final TestVectors source = new TestVectors(3, DIMENSION, RECORDS);
        for (int i = 0; i < RECORDS; i++) {
            vectors.add(source.next());
        }
        return TestVectors.write(dir, "a model/1", DIMENSION, vectors);
    }
}
