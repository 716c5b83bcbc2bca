package io.tendon.persistence.replay;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.manifest.SessionState;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.Damage;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;

/**
 * A replay, wired up:
 *
 * <pre>{@code
 *   DATA/sessions/ID/archive -> ArchiveView -> ReplayArchive (archive's threads)
 *                                                   | a log per recording
 *                              ReplaySource (merge) <- ReplayLane, one a recording
 *                                   |
 *                               Replayer (pace, seek, loop; the caller's thread)
 *                                   |
 *                              ReplayStreams -> replay.control.state, ...
 * }</pre>
 *
 * <p>Beside a running robot it uses that robot's driver, with clients and an archive of its own; else it brings a driver
 * with it, where readers look for the robot's.
 */
public final class ReplayRun {
    private static final long READERS_POLL_NS = 10_000_000L;

    private final ReplayConfig config;
    private final Consumer<String> warnings;

    /**
     * A replay that has not begun.
     *
     * @param config of it.
     * @param warnings takes lines for a person.
     */
    public ReplayRun(final ReplayConfig config, final Consumer<String> warnings) {
        this.config = config;
        this.warnings = warnings;
    }

    /** Is given the replay once it is about to begin, and told when it has ended. The replay's thread. */
    public interface Observer {
        /** It begins. */
        void onBegin(ReplayControl control);

        /** It has ended, in order or not. */
        void onEnd();
    }

    /**
     * Replays to the end, or until it is told to stop.
     *
     * @param isStopped asked all the time.
     * @param observer shows how it goes.
     * @return what was done.
     * @throws IOException when the view of the session cannot be made.
     */
    public ReplayReport run(final BooleanSupplier isStopped, final Observer observer) throws IOException {
        final RuntimeDirectory runtime = config.runtime();
        runtime.create();
        final MappedErrorLog errors =
                new MappedErrorLog(runtime.errorLogFile("replay"), "replay", SystemEpochClock.INSTANCE);
        try (ProcessLock lock = ProcessLock.acquire(
                        runtime.replayLockFile(),
                        () -> "robot " + runtime.name()
                                + ": another replay runs there; stop that one, or replay beside it"
                                + " with --name other");
                ArchiveView view = view(runtime)) {
            final List<StreamDescriptor> streams = streams(view);
            ReplayMemory.require(runtime.directory(), ReplayMemory.requiredBytes(streams, view.recordings()));
            try (@Nullable EmbeddedDriver driver = driver(runtime, errors);
                    BusConnection bus = BusConnection.connect(runtime, NodeId.REPLAY, errors, 0)) {
                return replay(runtime, bus, view, streams, errors, isStopped, observer);
            }
        }
    }

    private ReplayReport replay(
            final RuntimeDirectory runtime,
            final BusConnection bus,
            final ArchiveView view,
            final List<StreamDescriptor> streams,
            final MappedErrorLog errors,
            final BooleanSupplier isStopped,
            final Observer observer) {
        final DamageCollector damages = new DamageCollector(warnings);
        try (ReplayArchive archive = ReplayArchive.launch(bus, runtime, view, errors);
                ReplayStreams sink = new ReplayStreams(bus, streams, config.patienceNs(), ReplayTime.STEADY, warnings);
                ReplaySource source = new ReplaySource(view, archive, config.streamIds()::contains, damages)) {
            final BooleanSupplier isOver = () -> isStopped.getAsBoolean() || bus.isClosed();
            awaitReaders(sink, isOver);
            final Replayer replayer = new Replayer(
                    source,
                    sink,
                    ReplayTime.STEADY,
                    config.range(),
                    config.bounds(),
                    config.speed(),
                    config.isLooping());
            observer.onBegin(replayer);
            try {
                replayer.run(isOver);
                sink.drain(isOver);
            } finally {
                observer.onEnd();
            }
            if (bus.isClosed() && !isStopped.getAsBoolean()) {
                throw new CommandFailure(
                        "robot " + runtime.name() + ": its driver ended while the replay ran; start the replay again");
            }
            return ReplayReport.of(config.session().directory().sessionId(), replayer.tally(), damages.damages());
        }
    }

    private ArchiveView view(final RuntimeDirectory runtime) throws IOException {
        final ArchiveListing listing =
                ArchiveListing.of(config.session().directory().archive());
        final boolean isRecorded = config.session().manifest().presentState() == SessionState.OPEN;
        if (isRecorded) {
            warnings.accept("session " + config.session().directory().sessionId()
                    + " is being recorded: replayed as far as it has come now");
        }
        final ArchiveView view = ArchiveView.create(
                runtime.replayDirectory(),
                config.session().directory().archive(),
                listing.recordings().stream()
                        .filter(recording -> config.streamIds().contains(recording.streamId()))
                        .toList());
        if (!isRecorded) {
            sayOpenRecordings(listing, view);
        }
        return view;
    }

    private void sayOpenRecordings(final ArchiveListing listing, final ArchiveView view) {
        for (final RecordingDescriptor recording : listing.recordings()) {
            if (recording.isOpen()) {
                view.recordings().stream()
                        .filter(shown -> shown.recordingId() == recording.recordingId())
                        .forEach(shown -> warnings.accept("recording=" + shown.recordingId() + " stream="
                                + shown.streamName() + ": was not closed; replayed up to position "
                                + shown.stopPosition() + ", behind its last good message"));
            }
        }
    }

    private List<StreamDescriptor> streams(final ArchiveView view) {
        final List<StreamDescriptor> streams = StreamCatalog.all().stream()
                .filter(stream ->
                        view.recordings().stream().anyMatch(recording -> recording.streamId() == stream.streamId()))
                .toList();
        if (streams.isEmpty()) {
            throw new ConfigException(
                    "session",
                    config.session().directory().sessionId(),
                    "must hold messages on the chosen streams",
                    "`persistence-node info` says what it holds");
        }
        return streams;
    }

    private @Nullable EmbeddedDriver driver(final RuntimeDirectory runtime, final MappedErrorLog errors) {
        if (SessionAnchor.readLive(runtime.sessionFile()).isPresent()) {
            return null;
        }
        return EmbeddedDriver.launch(runtime, errors);
    }

    private void awaitReaders(final ReplayStreams sink, final BooleanSupplier isOver) {
        if (!isOver.getAsBoolean() && sink.readers() < config.awaitedReaders()) {
            warnings.accept("waiting for " + config.awaitedReaders() + " readers of the replay streams");
        }
        // Without a driver there are no counters to ask for readers.
        while (!isOver.getAsBoolean() && sink.readers() < config.awaitedReaders()) {
            ReplayTime.STEADY.waitNs(READERS_POLL_NS);
        }
    }

    /** Keeps each damage once, and says it when it is met first. */
    private static final class DamageCollector implements DamageListener {
        private final List<Damage> damages = new ArrayList<>();
        private final Consumer<String> warnings;

        DamageCollector(final Consumer<String> warnings) {
            this.warnings = warnings;
        }

        @Override
        public void onDamage(final Damage damage) {
            final boolean isKnown = damages.stream()
                    .anyMatch(known -> known.recording().recordingId()
                                    == damage.recording().recordingId()
                            && known.fromPosition() == damage.fromPosition());
            if (!isKnown) {
                damages.add(damage);
                warnings.accept("damaged, skipped: " + damage.text());
            }
        }

        List<Damage> damages() {
            return damages;
        }
    }
}
