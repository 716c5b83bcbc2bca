package io.tendon.sessionlog.manifest;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes a manifest from a session's archive alone: recordings from its catalog or their files, counts by reading them,
 * the start as the recorder said it, robot and joints from the session description that control sent. What was published
 * and never recorded cannot be known any more. One owner thread.
 */
public final class ManifestRebuilder implements TallyListener {
    private final SessionDirectory directory;
    private final RobotDescription robot = new RobotDescription();
    private final SessionStart start = new SessionStart();
    private SessionOrigin origin = SessionOrigin.UNKNOWN;
    private long lastCaptureNs = Long.MIN_VALUE;

    /**
     * For one session.
     *
     * @param directory of the session.
     */
    public ManifestRebuilder(final SessionDirectory directory) {
        this.directory = directory;
    }

    /**
     * Reads the whole archive.
     *
     * @param recordings that the archive holds.
     * @param damages is told of damaged ranges.
     * @return manifest in the state CLOSED when every recording was stopped, else INTERRUPTED; not written to disk.
     */
    public SessionManifest rebuild(final List<RecordingDescriptor> recordings, final DamageListener damages) {
        final List<RecordingEntry> entries;
        try (MessageTally tally = new MessageTally(directory.archive(), damages, this)) {
            recordings.forEach(tally::update);
            tally.pollAll();
            entries = tally.entries();
        }
        final boolean isStopped = entries.stream().allMatch(RecordingEntry::isStopped);
        final long startedNs = start.startedNs(directory.sessionId());
        final long stoppedNs = TimeUnit.MILLISECONDS.toNanos(
                entries.stream().mapToLong(RecordingEntry::stopTimeMs).max().orElse(0));
        final long endedNs = isStopped ? stoppedNs : lastCaptureNs;
        return new SessionManifest(
                directory.sessionId(),
                isStopped && !entries.isEmpty() ? SessionState.CLOSED : SessionState.INTERRUPTED,
                startedNs,
                Math.max(startedNs, endedNs),
                origin,
                RecorderProcess.NONE,
                entries,
                List.of(),
                configFiles(directory.config()),
                true);
    }

    @Override
    public void onMessage(final RecordedMessage message) {
        lastCaptureNs = Math.max(lastCaptureNs, message.captureTimeNs());
        origin = robot.describe(origin, message);
        start.onMessage(message);
    }

    @Override
    public void onGap(final RecordedMessage message, final long firstSequence, final long lastSequence) {
        // The tally keeps the count.
    }

    /**
     * Names of the files in a session's config directory and those below it.
     *
     * @param config directory; need not exist.
     * @return relative to the directory, sorted.
     */
    public static List<String> configFiles(final Path config) {
        if (!Files.isDirectory(config)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(config)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> config.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
