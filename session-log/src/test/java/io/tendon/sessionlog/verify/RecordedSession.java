package io.tendon.sessionlog.verify;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.RecorderProcess;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionManifestFile;
import io.tendon.sessionlog.manifest.SessionOrigin;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.manifest.UnrecordedTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** A session recorded by a real archive, as its recorder leaves it when it ends in order and when it is killed. */
public final class RecordedSession implements AutoCloseable {
    private static final String ID = "20231114-221320-aaaa";

    private final Path dir;
    private final RecordedArchive archive;

    /** Starts a recorder. */
    public RecordedSession(final Path dir) {
        this.dir = dir;
        this.archive = new RecordedArchive(dir.resolve("recorder"));
    }

    /** Begins to record streams. */
    public RecordedSession record(final StreamDescriptor... streams) {
        for (final StreamDescriptor stream : streams) {
            archive.record(stream.streamId(), stream.name(), 1);
        }
        return this;
    }

    /** The archive that records. */
    public RecordedArchive archive() {
        return archive;
    }

    /** A new writer. */
    public ExclusivePublication writer(final StreamDescriptor stream) {
        return archive.publication(stream.streamId());
    }

    /** Publishes a message. */
    public void publish(final ExclusivePublication writer, final UnsafeBuffer message) {
        archive.publish(writer, message);
    }

    /** Waits for what was published. */
    public void awaitRecorded(final ExclusivePublication writer) {
        archive.awaitRecorded(writer, 1);
    }

    /** As a kill would leave it: recordings without an end, and the manifest of the last checkpoint. */
    public SessionDirectory kill() throws IOException {
        final SessionDirectory directory = new SessionDirectory(dir.resolve("killed"), ID);
        archive.copyWhileRunning(directory.archive());
        complete(directory, SessionState.INTERRUPTED, RecorderProcess.NONE);
        return directory;
    }

    /** As it is while this process records it. */
    SessionDirectory live() throws IOException {
        final SessionDirectory directory = new SessionDirectory(dir.resolve("live"), ID);
        archive.copyWhileRunning(directory.archive());
        complete(directory, SessionState.OPEN, RecorderProcess.current(""));
        return directory;
    }

    /** Ends it in order. */
    public SessionDirectory stop() throws IOException {
        archive.close();
        final SessionDirectory directory = new SessionDirectory(dir.resolve("closed"), ID);
        copyFiles(archive.archiveDir(), directory.archive());
        complete(directory, SessionState.CLOSED, RecorderProcess.NONE);
        return directory;
    }

    @Override
    public void close() {
        archive.close();
    }

    static SessionDirectory copy(final SessionDirectory directory, final Path data) throws IOException {
        final SessionDirectory copy = new SessionDirectory(data, ID);
        copyFiles(directory.root(), copy.root());
        copyFiles(directory.archive(), copy.archive());
        return copy;
    }

    static void unrecorded(final SessionDirectory directory, final UnrecordedTail tail) throws IOException {
        SessionManifestFile.write(
                directory.manifest(), Session.open(directory).manifest().withUnrecorded(List.of(tail)));
    }

    private static void copyFiles(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void complete(
            final SessionDirectory directory, final SessionState state, final RecorderProcess recorder)
            throws IOException {
        Files.write(directory.schema(), MessageSchema.irBytes());
        final SessionManifest counted = Session.open(directory).manifest();
        SessionManifestFile.write(
                directory.manifest(),
                new SessionManifest(
                        counted.sessionId(),
                        state,
                        counted.startedNs(),
                        counted.endedNs(),
                        SessionOrigin.UNKNOWN,
                        recorder,
                        counted.recordings(),
                        List.of(),
                        List.of(),
                        false));
    }
}
