package io.tendon.sessionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.ExclusivePublication;
import io.tendon.sessionlog.manifest.RecorderProcess;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.SessionOrigin;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionCatalogTest {
    @TempDir
    private static Path recorded = Path.of("unset");

    @TempDir
    private Path data = Path.of("unset");

    @BeforeAll
    static void record() throws IOException {
        try (RecordedArchive archive = new RecordedArchive(recorded)) {
            archive.record(1001, "control.state", 1);
            archive.record(1002, "control.event", 1);
            try (ExclusivePublication states = archive.publication(1001);
                    ExclusivePublication events = archive.publication(1002)) {
                archive.publish(events, TestMessages.sessionDescription(0, "tendon6"));
                for (int i = 0; i < 200; i++) {
                    archive.publish(states, TestMessages.jointState(i));
                    if (i % 10 == 0) {
                        archive.publish(
                                events,
                                TestMessages.event(
                                        i / 10 + 1L,
                                        TestMessages.START_NS + i * TestMessages.PERIOD_NS,
                                        "every tenth"));
                    }
                }
                archive.awaitRecorded(states, 1);
                archive.awaitRecorded(events, 1);
                archive.copyWhileRunning(recorded.resolve("copy"));
            }
        }
    }

    @Test
    void shouldMakeAMissingManifestFromTheArchiveAndSaySo() throws IOException, SessionNotFoundException {
        addSession("20260101-120000-aaaa");

        final Session session = new SessionCatalog(data).latest();

        assertThat(session.warnings()).singleElement().asString().contains("made again from the archive");
        assertThat(session.manifest().isRebuilt()).isTrue();
        assertThat(session.manifest().state()).isEqualTo(SessionState.INTERRUPTED);
        assertThat(session.manifest().origin().robotName()).isEqualTo("tendon6");
        assertThat(session.manifest().origin().jointNames()).containsExactly("shoulder", "elbow");
        assertThat(session.manifest().streams())
                .extracting(SessionManifest.StreamTotal::name, SessionManifest.StreamTotal::messages)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("control.state", 200L),
                        org.assertj.core.groups.Tuple.tuple("control.event", 21L));
    }

    @Test
    void shouldReadASessionThatHasNeitherManifestNorCatalogAndSaySo() throws IOException, SessionNotFoundException {
        final SessionDirectory directory = addSession("20260101-120000-aaaa");
        Files.delete(directory.archive().resolve("archive.catalog"));

        final Session session = new SessionCatalog(data).latest();

        assertThat(session.warnings()).hasSize(2);
        assertThat(session.faults()).isEmpty();
        assertThat(session.manifest().startedNs()).isEqualTo(TestMessages.START_NS);
        assertThat(session.manifest().origin().robotName()).isEqualTo("tendon6");
        assertThat(session.manifest().streams())
                .extracting(SessionManifest.StreamTotal::name, SessionManifest.StreamTotal::messages)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("control.state", 200L),
                        org.assertj.core.groups.Tuple.tuple("control.event", 21L));
    }

    @Test
    void shouldSayThatNothingIsLeftOfASession() throws IOException, SessionNotFoundException {
        final SessionDirectory directory = new SessionDirectory(data, "20260101-120000-aaaa");
        Files.createDirectories(directory.root());

        final Session session = new SessionCatalog(data).find("20260101");

        assertThat(session.faults())
                .singleElement()
                .asString()
                .contains(directory.root().toString(), "neither a manifest that can be read nor recordings", "restore");
        assertThat(java.time.Instant.ofEpochSecond(session.manifest().startedNs() / 1_000_000_000L))
                .hasToString("2026-01-01T12:00:00Z");
    }

    @Test
    void shouldSayWhichRecordingsOfTheManifestAreGone() throws IOException, SessionNotFoundException {
        final SessionDirectory directory = addSession("20260101-120000-aaaa");
        final SessionManifest full = Session.open(directory).manifest();
        SessionManifestFile.write(directory.manifest(), full.withState(SessionState.CLOSED));
        org.agrona.IoUtil.delete(directory.archive().toFile(), false);

        final Session session = new SessionCatalog(data).latest();

        assertThat(session.manifest().streams()).isEqualTo(full.streams());
        assertThat(session.warnings()).singleElement().asString().contains("archive: is missing");
        assertThat(session.faults()).singleElement().asString().contains("are gone: 0 1", "restore");
    }

    @Test
    void shouldCountWhatWasWrittenAfterTheLastCheckpoint() throws IOException, SessionNotFoundException {
        final SessionDirectory directory = addSession("20260101-120000-aaaa");
        SessionManifestFile.write(directory.manifest(), manifest(directory.sessionId(), 5));

        final Session session = new SessionCatalog(data).find("2026");

        assertThat(session.warnings()).isEmpty();
        assertThat(session.manifest().presentState()).isEqualTo(SessionState.INTERRUPTED);
        assertThat(session.manifest().streams().get(0).messages()).isEqualTo(200);
        assertThat(session.manifest().endedNs()).isEqualTo(TestMessages.START_NS + 199 * TestMessages.PERIOD_NS);
    }

    @Test
    void shouldFindTheLatestSessionAndThoseWithAUniqueBeginning() throws IOException, SessionNotFoundException {
        for (final String id : List.of("20260101-120000-aaaa", "20260102-120000-bbbb", "20260103-120000-cccc")) {
            final SessionDirectory directory = addSession(id);
            SessionManifestFile.write(directory.manifest(), manifest(id, Long.parseLong(id.substring(0, 8))));
        }
        final SessionCatalog catalog = new SessionCatalog(data);

        assertThat(catalog.latest().directory().sessionId()).isEqualTo("20260103-120000-cccc");
        assertThat(catalog.find("20260102").directory().sessionId()).isEqualTo("20260102-120000-bbbb");
        assertThat(catalog.sessions())
                .extracting(session -> session.directory().sessionId())
                .containsExactly("20260101-120000-aaaa", "20260102-120000-bbbb", "20260103-120000-cccc");
        assertThatThrownBy(() -> catalog.find("202601"))
                .isInstanceOf(SessionNotFoundException.class)
                .hasMessageContaining("fits 3 sessions");
        assertThatThrownBy(() -> catalog.find("20260103-120000-cccd"))
                .isInstanceOf(SessionNotFoundException.class)
                .hasMessageContaining("did you mean 20260103-120000-cccc?");
    }

    @Test
    void shouldSaySoWhenThereIsNoSession() {
        final SessionCatalog catalog = new SessionCatalog(data.resolve("nowhere"));

        assertThat(catalog.sessions()).isEmpty();
        assertThatThrownBy(catalog::latest)
                .isInstanceOf(SessionNotFoundException.class)
                .hasMessageContaining("holds no session yet");
    }

    @Test
    void shouldMergeTheStreamsOfASessionByCaptureTime() throws IOException {
        final SessionDirectory directory = addSession("20260101-120000-aaaa");
        final List<Long> times = new ArrayList<>();
        final List<String> beginning = new ArrayList<>();
        try (SessionReader reader =
                new SessionReader(directory, stream -> true, TimeRange.ALL, DamageListener.IGNORED)) {
            while (reader.next()) {
                times.add(reader.message().captureTimeNs());
                if (beginning.size() < 5) {
                    beginning.add(reader.message().recording().streamName());
                }
            }
        }
        assertThat(times).hasSize(221).isSorted();
        assertThat(beginning)
                .containsExactly("control.state", "control.event", "control.event", "control.state", "control.state");
    }

    private SessionDirectory addSession(final String id) throws IOException {
        final SessionDirectory directory = new SessionDirectory(data, id);
        Files.createDirectories(directory.archive());
        for (final java.io.File file : java.util.Objects.requireNonNull(
                recorded.resolve("copy").toFile().listFiles())) {
            Files.copy(file.toPath(), directory.archive().resolve(file.getName()));
        }
        return directory;
    }

    private static SessionManifest manifest(final String id, final long startedNs) {
        return new SessionManifest(
                id,
                SessionState.OPEN,
                startedNs,
                startedNs,
                SessionOrigin.UNKNOWN,
                RecorderProcess.NONE,
                List.of(),
                List.of(),
                List.of(),
                false);
    }
}
