package io.tendon.persistence.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionKeeperTest {
    private static final long NOW_NS = 1_700_000_000_000_000_000L;

    @TempDir
    private Path data = Path.of("unset");

    private SessionDirectory directory = new SessionDirectory(Path.of("unset"), "unset");

    @BeforeEach
    void begin() throws IOException {
        directory = new SessionDirectory(data, "20231114-221320-aaaa");
        open();
    }

    @Test
    void shouldGoOnWithTheSessionOfARecorderThatDied() throws IOException {
        assertThat(open().manifest().startedNs()).isEqualTo(NOW_NS);
    }

    @Test
    void shouldBeginAgainWhereTheManifestIsDamaged() throws IOException {
        Files.writeString(directory.manifest(), "manifest.version=1\n");

        assertThat(open().manifest().recordings()).isEmpty();
    }

    @Test
    void shouldLeaveASessionOfAYoungerBuildAsItIs() throws IOException {
        final String younger = Files.readString(directory.manifest())
                .replaceAll("crc32c=.*\n", "")
                .replace("manifest.version=1", "manifest.version=2");
        final CRC32C crc = new CRC32C();
        crc.update(younger.getBytes(StandardCharsets.UTF_8));
        final String sealed = younger + "crc32c=" + String.format(Locale.ROOT, "%08x", crc.getValue()) + "\n";
        Files.writeString(directory.manifest(), sealed);
        Files.writeString(directory.schema(), "of a younger build");

        assertThatThrownBy(this::open)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("manifest.version=2")
                .hasMessageContaining("begin another session");
        assertThat(Files.readString(directory.manifest())).isEqualTo(sealed);
        assertThat(Files.readString(directory.schema())).isEqualTo("of a younger build");
    }

    private SessionKeeper open() throws IOException {
        return SessionKeeper.open(directory, List.of(), "periodic 100ms", NOW_NS);
    }
}
