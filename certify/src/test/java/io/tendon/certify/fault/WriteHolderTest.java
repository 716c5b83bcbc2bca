package io.tendon.certify.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tendon.bus.config.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the writes of a real child process, where the kernel lets us. */
class WriteHolderTest {
    private static final long MS = 1_000_000L;
    /** The writer writes an x and a line feed with each call. */
    private static final int WRITE_BYTES = 2;

    @TempDir
    private Path directory;

    @Test
    void shouldHoldTheWriterInOneWriteUntilTheEnd() throws Exception {
        try (Writer writer = new Writer(directory)) {
            final WriteHolder holder = begin(writer, HoldPattern.block());
            final long heldAt = writer.writtenBytes();
            await().during(100, TimeUnit.MILLISECONDS).until(() -> writer.writtenBytes() == heldAt);
            holder.end();

            assertThat(holder.holds()).isEqualTo(1);
            assertThat(holder.heldNs()).isGreaterThanOrEqualTo(100 * MS);
            await().until(() -> writer.writtenBytes() > heldAt);
        }
    }

    @Test
    void shouldHoldAgainAndAgainAndLetTheWriterGoOnInBetween() throws Exception {
        try (Writer writer = new Writer(directory)) {
            final WriteHolder holder = begin(writer, HoldPattern.stall(20 * MS, 100 * MS));
            final long before = writer.writtenBytes();
            await().until(() -> holder.holds() >= 3);
            assertThat(writer.writtenBytes()).isGreaterThan(before);
            holder.end();

            assertThat(holder.longestNs()).isGreaterThanOrEqualTo(20 * MS);
        }
    }

    @Test
    void shouldHoldEveryWrite() throws Exception {
        try (Writer writer = new Writer(directory)) {
            final WriteHolder holder = begin(writer, HoldPattern.slow(5 * MS));
            final long before = writer.writtenBytes();
            await().until(() -> holder.holds() >= 20);
            final long written = writer.writtenBytes() - before;
            final long heldByThen = holder.holds();
            holder.end();

            assertThat(written / WRITE_BYTES).as("writes, each of them held").isLessThanOrEqualTo(heldByThen);
            // One more may have been let go before the end.
            assertThat(holder.heldNs()).isGreaterThanOrEqualTo((holder.holds() - 1) * 5 * MS);
        }
    }

    @Test
    void shouldNoticeThatTheWriterDied() throws Exception {
        try (Writer writer = new Writer(directory)) {
            final WriteHolder holder = begin(writer, HoldPattern.slow(5 * MS));
            writer.kill();
            await().until(holder::isThreadGone);
            holder.end();
        }
    }

    @Test
    void shouldSayThatThereIsNoSuchThread() {
        assertThatThrownBy(
                        () -> WriteHolder.begin(ProcessHandle.current().pid(), "no-such-thread", HoldPattern.block()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("has no thread named no-such-thread");
    }

    @Test
    void shouldRefuseToTraceAChildOfItsOwnProcess() throws Exception {
        final Process child = new ProcessBuilder("cat").start();
        try {
            assertThatThrownBy(() -> WriteHolder.begin(child.pid(), "cat", HoldPattern.block()))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("must not be a child");
        } finally {
            child.destroyForcibly();
        }
    }

    private static WriteHolder begin(final Writer writer, final HoldPattern pattern) {
        try {
            return WriteHolder.begin(writer.pid(), "sh", pattern);
        } catch (final CommandFailure e) {
            if (String.valueOf(e.getMessage()).contains("not permitted")) {
                return abort(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** A process that writes one line after the other, each with a call of its own; a child of our child. */
    private static final class Writer implements AutoCloseable {
        private final Path file;
        private final Process parent;
        private final ProcessHandle process;

        Writer(final Path directory) throws IOException {
            file = directory.resolve("written");
            parent = new ProcessBuilder("sh", "-c", "(while :; do echo x; done) > '" + file + "' & echo $!; wait")
                    .start();
            process = ProcessHandle.of(Long.parseLong(
                            String.valueOf(parent.inputReader().readLine()).trim()))
                    .orElseThrow();
            await().until(() -> Files.exists(file) && Files.size(file) > 0);
        }

        long pid() {
            return process.pid();
        }

        long writtenBytes() {
            try {
                return Files.size(file);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void kill() {
            process.destroyForcibly();
            parent.onExit().join();
        }

        @Override
        public void close() {
            kill();
        }
    }
}
