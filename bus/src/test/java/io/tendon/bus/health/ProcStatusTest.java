package io.tendon.bus.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcStatusTest {
    @TempDir
    private Path directory;

    @Test
    void shouldAddAnonymousAndFileMemoryAndLeaveOutTheSharedOne() throws IOException {
        final Path file = directory.resolve("status");
        Files.writeString(
                file,
                "Name:\tjava\nVmRSS:\t  130000 kB\nRssAnon:\t   70001 kB\nRssFile:\t   20002 kB\nRssShmem:\t 5 kB\n");
        try (ProcStatus status = new ProcStatus(file)) {
            assertThat(status.residentBytes()).isEqualTo(90_003L * 1024);

            Files.writeString(file, "Name:\tjava\nRssAnon:\t   1 kB\nRssFile:\t   2 kB\n");
            assertThat(status.residentBytes()).isEqualTo(3 * 1024);
        }
    }

    @Test
    void shouldSayThatItDoesNotKnowWhereTheKernelDoesNotSay() throws IOException {
        final Path file = directory.resolve("status");
        Files.writeString(file, "Name:\tkthreadd\n");
        try (ProcStatus status = new ProcStatus(file)) {
            assertThat(status.residentBytes()).isEqualTo(ProcessFigures.UNKNOWN);
        }
        assertThatThrownBy(() -> new ProcStatus(directory.resolve("none"))).isInstanceOf(IOException.class);
        assertThat(ProcessFigures.residentBytes(Long.MAX_VALUE)).isEqualTo(ProcessFigures.UNKNOWN);
    }

    @Test
    void shouldReadThisProcess() {
        final ProcessFigures figures = new ProcessFigures();
        figures.update();
        assertThat(figures.residentBytes()).isBetween(1L << 20, 1L << 34);
        assertThat(ProcessFigures.residentBytes(figures.pid())).isBetween(1L << 20, 1L << 34);
    }
}
