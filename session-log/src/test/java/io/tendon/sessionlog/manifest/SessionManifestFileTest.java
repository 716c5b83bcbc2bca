package io.tendon.sessionlog.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionManifestFileTest {
    private static final SessionManifest MANIFEST = new SessionManifest(
            "20260101-120000-0001",
            SessionState.OPEN,
            1_700_000_000_000_000_000L,
            1_700_000_020_000_000_000L,
            new SessionOrigin(
                    "arm = \"é\" \\ six\nlines",
                    List.of(" shoulder", "elbow:1"),
                    "sim",
                    "0.1",
                    "17.0.15",
                    "host",
                    "Linux 6.1 aarch64"),
            RecorderProcess.current("periodic 100ms"),
            List.of(
                    new RecordingEntry(0, 1001, "control.state", -17, 0, 4096, true, 1, 2, 12, 0, 4096, 12),
                    new RecordingEntry(1, 1002, "control.event", 18, 64, 4096, false, 3, -1, 5, 1, 4000, 6)),
            List.of(
                    new UnrecordedTail(1002, "control.event", 3, 288),
                    new UnrecordedTail(1301, "operator.command", 2, 0)),
            List.of("cell.properties", "tendon6.urdf"),
            false);

    @TempDir
    private Path dir = Path.of("unset");

    @Test
    void shouldReadWhatWasWritten() throws IOException, ManifestException {
        final Path file = dir.resolve("manifest.properties");

        SessionManifestFile.write(file, MANIFEST);

        assertThat(SessionManifestFile.read(file)).isEqualTo(MANIFEST);
        assertThat(dir).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void shouldReplaceTheManifestBefore() throws IOException, ManifestException {
        final Path file = dir.resolve("manifest.properties");
        SessionManifestFile.write(file, MANIFEST);

        SessionManifestFile.write(file, MANIFEST.withState(SessionState.CLOSED));

        assertThat(SessionManifestFile.read(file).state()).isEqualTo(SessionState.CLOSED);
    }

    @Test
    void shouldRefuseAManifestWithAnyByteFlippedOrCutOff() throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Path file = dir.resolve("manifest.properties");
        SessionManifestFile.write(file, MANIFEST);
        final byte[] good = Files.readAllBytes(file);
        for (int round = 0; round < 300; round++) {
            final byte[] bad = good.clone();
            final int index = random.nextInt(bad.length);
            bad[index] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, random.nextInt(4) == 0 ? java.util.Arrays.copyOf(good, index) : bad);

            assertThatThrownBy(() -> SessionManifestFile.read(file))
                    .as("seed=%d round=%d index=%d", seed, round, index)
                    .isInstanceOfSatisfying(
                            ManifestException.class,
                            e -> assertThat(e.kind()).isEqualTo(ManifestException.Kind.DAMAGED))
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void shouldSaySoWhenThereIsNoManifest() {
        assertThatThrownBy(() -> SessionManifestFile.read(dir.resolve("none")))
                .isInstanceOfSatisfying(
                        ManifestException.class, e -> assertThat(e.kind()).isEqualTo(ManifestException.Kind.MISSING))
                .hasMessage(dir.resolve("none") + ": is missing");
    }

    @Test
    void shouldCallAnOpenSessionInterruptedWhenItsRecorderIsDead() {
        final SessionManifest orphan = new SessionManifest(
                MANIFEST.sessionId(),
                SessionState.OPEN,
                0,
                1,
                SessionOrigin.UNKNOWN,
                new RecorderProcess(ProcessHandle.current().pid(), 1, BootId.current(), ""),
                List.of(),
                List.of(),
                List.of(),
                false);

        assertThat(orphan.presentState()).isEqualTo(SessionState.INTERRUPTED);
        assertThat(MANIFEST.presentState()).isEqualTo(SessionState.OPEN);
    }

    @Test
    void shouldSumTheRecordingsOfAStreamAndWhatWasPublishedBehindThem() {
        assertThat(MANIFEST.streams())
                .containsExactly(
                        new SessionManifest.StreamTotal(1001, "control.state", 12, 4096, 0, 1),
                        new SessionManifest.StreamTotal(1002, "control.event", 5, 4032, 4, 1),
                        new SessionManifest.StreamTotal(1301, "operator.command", 0, 0, 2, 0));
    }
}
