package io.tendon.sessionlog.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

    @Test
    void shouldReadALedgerAnewThatWasPutInItsPlace() throws IOException {
        final PurgeLedger reader = new PurgeLedger(dir);
        final PurgeLedger writer = new PurgeLedger(dir);
        for (int i = 0; i < 3; i++) {
            writer.add(segment(i));
        }
        damage(1);
        assertThat(reader.segments()).containsExactly(segment(0), segment(2));

        new PurgeLedger(dir).clean();
        for (int i = 3; i < 6; i++) {
            writer.add(segment(i));
            assertThat(reader.segments())
                    .isEqualTo(new PurgeLedger(dir).segments())
                    .last()
                    .isEqualTo(segment(i));
        }
        assertThat(reader.segments()).hasSize(5).isSameAs(reader.segments());
        Files.delete(dir.resolve(PurgeLedger.FILE_NAME));
        assertThat(reader.segments()).isEmpty();
    }

    @Test
    void shouldSayWhetherEveryLineCanBeReadAndTakeOutTheOthers() throws IOException {
        final PurgeLedger ledger = new PurgeLedger(dir);
        assertThat(ledger.isWhole()).isTrue();
        for (int i = 0; i < 4; i++) {
            ledger.add(segment(i));
        }
        assertThat(ledger.isWhole()).isTrue();
        for (final int line : new int[] {0, 2, 3}) {
            damage(line);
            assertThat(ledger.isWhole()).as("line %d", line).isFalse();
            damage(line);
            assertThat(ledger.isWhole()).as("line %d", line).isTrue();
        }
        damage(2);
        damage(3);

        ledger.clean();

        assertThat(ledger.isWhole()).isTrue();
        assertThat(ledger.segments()).containsExactly(segment(0), segment(1));
        assertThat(new PurgeLedger(dir).segments()).containsExactly(segment(0), segment(1));
    }

    /** Changes a digit in a line, or changes it back. */
    private void damage(final int line) throws IOException {
        final Path file = dir.resolve(PurgeLedger.FILE_NAME);
        final byte[] bytes = Files.readAllBytes(file);
        int offset = 0;
        for (int passed = 0; passed <= line; passed++) {
            while (bytes[offset++] != '\n') {
                // To the line end before the line.
            }
        }
        bytes[offset + 4] ^= 1;
        // In the same file: one that is renamed is another.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
        }
    }

    private static PurgedSegment segment(final int number) {
        return new PurgedSegment(number, 65_536L * number, 65_536L * (number + 1), 10, 100, 109, 7, 8);
    }
}
