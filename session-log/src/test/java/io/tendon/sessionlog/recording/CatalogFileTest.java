package io.tendon.sessionlog.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogFileTest {
    private static final List<RecordingDescriptor> RECORDINGS = List.of(recording(0, 4_096), recording(1, -1));

    @TempDir
    private Path dir = Path.of("unset");

    @Test
    void shouldReadWhatItWrote() throws IOException {
        CatalogFile.write(dir, RECORDINGS);

        final CatalogFile.Content content = CatalogFile.read(dir);

        assertThat(content.fault()).isEmpty();
        assertThat(content.entries()).extracting(CatalogFile.Entry::recording).isEqualTo(RECORDINGS);
        assertThat(content.entries()).allMatch(CatalogFile.Entry::isEndSealed);
    }

    /** A length of a text, too, sizes what a decoder would allocate: up to 2 GiB. */
    @Test
    void shouldReadWhateverBitIsWrongAndStillFindTheOtherRecording() throws IOException {
        CatalogFile.write(dir, RECORDINGS);
        final Path file = dir.resolve(ArchiveCatalog.FILE_NAME);
        final byte[] sound = Files.readAllBytes(file);
        for (int bit = 0; bit < sound.length * Byte.SIZE; bit++) {
            final byte[] bytes = sound.clone();
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Files.write(file, bytes);

            final CatalogFile.Content content = CatalogFile.read(dir);

            assertThat(content.entries()).as("bit %d", bit).isNotEmpty();
            content.entries()
                    .forEach(entry -> assertThat(entry.recording().streamName()).isNotEmpty());
            assertThat(isSeenOrHarmless(content)).as("bit %d", bit).isTrue();
        }
    }

    @Test
    void shouldReadACatalogThatIsCutOffAnywhere() throws IOException {
        CatalogFile.write(dir, RECORDINGS);
        final Path file = dir.resolve(ArchiveCatalog.FILE_NAME);
        final byte[] sound = Files.readAllBytes(file);
        IntStream.range(0, sound.length).forEach(length -> {
            try {
                Files.write(file, Arrays.copyOf(sound, length));
                assertThat(isSeenOrHarmless(CatalogFile.read(dir)))
                        .as("cut off at %d", length)
                        .isTrue();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static boolean isSeenOrHarmless(final CatalogFile.Content content) {
        return !content.fault().isEmpty()
                || content.entries().stream()
                        .map(CatalogFile.Entry::recording)
                        .toList()
                        .equals(RECORDINGS)
                || content.entries().size() < RECORDINGS.size()
                || content.entries().stream().anyMatch(entry -> !entry.isEndSealed() || !entry.isValid());
    }

    private static RecordingDescriptor recording(final long id, final long stopPosition) {
        return new RecordingDescriptor(
                id,
                1_001,
                77,
                0,
                stopPosition,
                1_700_000_000_000L,
                stopPosition < 0 ? -1 : 1_700_000_001_000L,
                5,
                1 << 20,
                1 << 16,
                1_408,
                "aeron:ipc?alias=rec.control.state",
                true,
                List.of());
    }
}
