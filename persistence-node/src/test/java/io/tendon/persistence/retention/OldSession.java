package io.tendon.persistence.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.manifest.ManifestRebuilder;
import io.tendon.sessionlog.manifest.RecorderProcess;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A session of joint states that was recorded long ago, in segments of some hundred messages.
 *
 * @param directory of it.
 */
record OldSession(SessionDirectory directory) {
    static final String ID = "20231114-221320-aaaa";
    static final int MESSAGES = 3_000;

    static OldSession record(final Path data) throws IOException {
        final SessionDirectory session = new SessionDirectory(data, ID);
        Files.createDirectories(session.root());
        try (RecordedArchive archive = new RecordedArchive(session.root())) {
            archive.record(StreamCatalog.CONTROL_STATE.streamId(), StreamCatalog.CONTROL_STATE.name(), 1);
            final ExclusivePublication states = archive.publication(StreamCatalog.CONTROL_STATE.streamId());
            for (int i = 0; i < MESSAGES; i++) {
                archive.publish(states, TestMessages.jointState(i));
            }
            archive.awaitRecorded(states, 1);
        }
        Files.write(session.schema(), MessageSchema.irBytes());
        return new OldSession(session);
    }

    /** Writes a manifest that is as old as the session. */
    void writeManifest(final SessionState state, final RecorderProcess recorder) throws IOException {
        final SessionManifest manifest = new ManifestRebuilder(directory)
                .rebuild(ArchiveListing.of(directory.archive()).recordings(), damage -> {});
        SessionManifestFile.write(
                directory.manifest(),
                new SessionManifest(
                        ID,
                        state,
                        manifest.startedNs(),
                        manifest.endedNs(),
                        manifest.origin(),
                        recorder,
                        manifest.recordings(),
                        List.of(),
                        List.of(),
                        false));
        modified(directory.manifest(), TestMessages.START_NS);
    }

    void copyTo(final SessionDirectory to) throws IOException {
        Files.createDirectories(to.archive());
        try (Stream<Path> files = Files.list(directory.archive())) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.archive().resolve(file.getFileName()));
            }
        }
    }

    /** What is left of it; all of it must be sound. */
    List<Long> sequences() {
        final List<Long> sequences = new ArrayList<>();
        final List<String> damages = new ArrayList<>();
        try (SessionReader reader =
                new SessionReader(directory, stream -> true, TimeRange.ALL, damage -> damages.add(damage.text()))) {
            while (reader.next()) {
                sequences.add(reader.message().sequence());
            }
        }
        assertThat(damages).isEmpty();
        return sequences;
    }

    static void modified(final Path file, final long timeNs) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(timeNs, TimeUnit.NANOSECONDS));
    }

    static long timeNs(final long sequence) {
        return TestMessages.START_NS + sequence * TestMessages.PERIOD_NS;
    }
}
