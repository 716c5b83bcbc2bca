package io.tendon.sessionlog.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeLedgerTest {
    @TempDir
    private Path dir;

    @Test
    void shouldReadWhatIsAddedByAnotherAsItComes() throws IOException {
        final PurgeLedger reader = new PurgeLedger(dir);
        final PurgeLedger writer = new PurgeLedger(dir);
        assertThat(reader.segments()).isEmpty();
        for (int i = 0; i < 20; i++) {
            writer.add(segment(i));
            assertThat(reader.segments()).hasSize(i + 1).last().isEqualTo(segment(i));
            assertThat(reader.segments()).isSameAs(reader.segments());
        }
        assertThat(new PurgeLedger(dir).segments()).isEqualTo(reader.segments());
    }

    @Test
    void shouldPassOverALineThatIsTornAndTakeItWhenItIsWhole() throws IOException {
        final PurgeLedger reader = new PurgeLedger(dir);
        new PurgeLedger(dir).add(segment(1));
        new PurgeLedger(dir).add(segment(2));
        final Path file = dir.resolve(PurgeLedger.FILE_NAME);
        final byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            final int sound = length < whole.length / 2 ? 0 : length < whole.length ? 1 : 2;
            assertThat(reader.segments()).as("%d bytes", length).hasSize(sound);
        }
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 3));
        new PurgeLedger(dir).add(segment(3));
        assertThat(new PurgeLedger(dir).segments()).containsExactly(segment(1), segment(3));
        Files.writeString(file, "\nwords that nobody wrote 1 2 3 4 5", StandardOpenOption.APPEND);
        assertThat(new PurgeLedger(dir).segments()).containsExactly(segment(1), segment(3));
    }

    private static PurgedSegment segment(final int number) {
        return new PurgedSegment(number, 65_536L * number, 65_536L * (number + 1), 10, 100, 109, 7, 8);
    }
}
