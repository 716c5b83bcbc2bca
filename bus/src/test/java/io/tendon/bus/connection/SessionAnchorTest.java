package io.tendon.bus.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionAnchorTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadWhatItWrote() {
        final Path file = directory.resolve("session.properties");
        final SessionAnchor session = SessionAnchor.create();
        session.write(file);

        assertThat(SessionAnchor.readLive(file)).contains(session);
        assertThat(session.sessionName()).matches("[0-9]{8}-[0-9]{6}-[0-9a-f]{4}");
    }

    @Test
    void shouldNotTakeADeadDriverForALiveOne() {
        final Path file = directory.resolve("session.properties");
        final SessionAnchor session = SessionAnchor.create();
        new SessionAnchor("old", session.anchorEpochNs(), session.anchorSteadyNs(), session.driverPid(), 1, false)
                .write(file);

        assertThat(SessionAnchor.readLive(file)).isEmpty();
        assertThat(SessionAnchor.read(file)).isPresent();
    }

    @Test
    void shouldFindNoSessionInAFileThatIsMissingOrTorn() throws IOException {
        assertThat(SessionAnchor.read(directory.resolve("absent"))).isEmpty();
        assertThat(SessionAnchor.read(Files.writeString(directory.resolve("torn"), "session=x\nanchorEpo")))
                .isEmpty();
    }
}
