package io.tendon.persistence.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.sessionlog.SessionDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReplayLineTest {
    @Test
    void shouldNameTheDataDirectoryFromTheRootOn() {
        final SessionDirectory session = new SessionDirectory(Path.of("/data/arm"), "20260131-115957-1a2b");
        assertThat(ReplayLine.of(session, "1.5s", "2026-01-31T12:00:00.5Z"))
                .isEqualTo("persistence-node replay --session 20260131-115957-1a2b --from 1.5s"
                        + " --to 2026-01-31T12:00:00.5Z --data /data/arm");
        assertThat(ReplayLine.of(new SessionDirectory(Path.of("here"), "s"), "0s", "1s"))
                .endsWith(" --data " + Path.of("here").toAbsolutePath());
    }

    @Test
    void shouldBeOneWordForAShellWhateverTheDirectoryIsCalled() {
        final SessionDirectory session = new SessionDirectory(Path.of("/my arm's data"), "s");
        assertThat(ReplayLine.of(session, "0s", "1s")).endsWith(" --data '/my arm'\\''s data'");
    }
}
