package io.tendon.persistence;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RecordingPlace;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.signal.StopSignal;
import io.tendon.persistence.recording.DurabilityAccount;
import io.tendon.persistence.session.LogMending;
import io.tendon.persistence.session.SessionKeeper;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.file.Files;
import org.agrona.CloseHelper;
import org.jspecify.annotations.Nullable;

/**
 * One life of the recorder, over as many media drivers as the session has:
 *
 * <pre>
 *   connect -> mend the log -> Recorder, until the process is told to stop, or
 *     -> the driver died and another took over: record the old logs until nobody writes there -> a new Recorder, from
 *        the places on that the driver holds in the new ones
 * </pre>
 *
 * <p>The archive cannot change its driver, so it is a new one each time; the session's directory stays. Main thread.
 */
final class RecorderRun {
    private static final System.Logger LOG = System.getLogger(RecorderRun.class.getName());
    private static final long WATCH_NS = 20_000_000L;

    private final PersistenceConfig config;
    private final RuntimeDirectory runtime;
    private final MappedErrorLog errors;
    private final StopSignal stop;

    RecorderRun(
            final PersistenceConfig config,
            final RuntimeDirectory runtime,
            final MappedErrorLog errors,
            final StopSignal stop) {
        this.config = config;
        this.runtime = runtime;
        this.errors = errors;
        this.stop = stop;
    }

    /**
     * Records until told to stop.
     *
     * @return the exit code: 0 when everything that was published is recorded.
     */
    int run() {
        final DurabilityAccount account = new DurabilityAccount();
        BusConnection bus = BusConnection.connect(runtime, NodeId.PERSISTENCE, errors, config.connectTimeoutNs());
        try {
            while (true) {
                final SessionDirectory directory = new SessionDirectory(config.dataDirectory(), bus.sessionName());
                final SessionKeeper session = open(directory, bus);
                new RecordingPlace(bus.sessionName(), config.dataDirectory()).write(runtime.recordingFile());
                mend(directory);
                try (Recorder recorder = new Recorder(config, runtime, bus, directory, session, account, errors)) {
                    recorder.start();
                    final SessionAnchor next = await(recorder, bus.session());
                    if (next == null) {
                        return recorder.stop() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
                    }
                    final BusConnection nextBus = bus.connectAnew();
                    LOG.log(System.Logger.Level.WARNING, "event=driver-replaced driverPid=" + next.driverPid());
                    final BusConnection oldBus = bus;
                    bus = nextBus;
                    try {
                        recorder.leave();
                    } finally {
                        CloseHelper.quietCloseAll(recorder, oldBus);
                    }
                }
            }
        } catch (final IOException e) {
            throw new CommandFailure(
                    new SessionDirectory(config.dataDirectory(), bus.sessionName()).manifest() + ": cannot be written ("
                            + e + "); free some space on that disk: the recordings"
                            + " are whole, and what the manifest lacks is counted when they are read");
        } finally {
            CloseHelper.quietClose(bus);
        }
    }

    /** Waits while the recorder works; the session of another driver to go on with, or null when it is over. */
    private @Nullable SessionAnchor await(final Recorder recorder, final SessionAnchor present) {
        long brokenSinceNs = -1;
        while (!stop.await(WATCH_NS)) {
            final SessionAnchor next =
                    SessionAnchor.readLive(runtime.sessionFile()).orElse(null);
            if (next != null && !next.equals(present)) {
                return next.sessionName().equals(present.sessionName())
                        ? next
                        : broken("session-replaced", "another session runs; start persistence-node again to record it");
            }
            if (recorder.isBroken()) {
                final long nowNs = System.nanoTime();
                brokenSinceNs = brokenSinceNs == -1 ? nowNs : brokenSinceNs;
                // Without a driver another may come; with one, the archive or a thread of ours is at fault.
                if (present.isDriverAlive() || nowNs - brokenSinceNs > BusConnection.DRIVER_PATIENCE_NS) {
                    return broken(
                            "recorder-broken",
                            "the driver or the archive is gone; see the errors in "
                                    + runtime.errorLogFile("persistence"));
                }
            }
        }
        return null;
    }

    private static @Nullable SessionAnchor broken(final String event, final String remedy) {
        LOG.log(System.Logger.Level.ERROR, "event=" + event + " remedy=\"" + remedy + '"');
        return null;
    }

    private static void mend(final SessionDirectory directory) {
        try {
            LogMending.mend(directory.archive()).forEach(line -> LOG.log(System.Logger.Level.WARNING, line));
        } catch (final IOException e) {
            throw new CommandFailure(directory.archive() + ": cannot be mended (" + e
                    + "); free some space on that disk and check its rights, then start persistence-node again");
        }
    }

    private SessionKeeper open(final SessionDirectory directory, final BusConnection bus) {
        try {
            return SessionKeeper.open(
                    directory,
                    config.keptFiles(),
                    config.durability().text(),
                    bus.clock().nanoTime());
        } catch (final IOException e) {
            if (Files.exists(directory.manifest())) {
                // It could be written when the session began: the disk is full, or away, and may come back.
                throw new CommandFailure(directory.root() + ": cannot be written any more (" + e
                        + "); free some space, recording goes on then");
            }
            throw new ConfigException(
                    "data",
                    config.dataDirectory(),
                    "must be a directory that can be written (" + e + ")",
                    "choose another with --data",
                    e);
        }
    }
}
