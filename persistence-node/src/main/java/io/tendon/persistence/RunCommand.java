package io.tendon.persistence;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.persistence.session.LogMending;
import io.tendon.persistence.session.SessionKeeper;
import io.tendon.schemas.NodeId;
import io.tendon.sessionlog.DataDirectoryCheck;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Records the session that runs, until it is told to stop. Main thread. */
@Command(
        name = "run",
        description = "Records everything that is said on the bus, until SIGTERM.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(RunCommand.class.getName());
    /** For what a stop takes beside draining. */
    private static final long STOP_GRACE_S = 20;

    private static final long WATCH_NS = 100_000_000L;
    private static final long ORPHAN_STOP_MS = 4_000;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(
            names = "--flush-period",
            paramLabel = "TIME",
            defaultValue = "100ms",
            converter = Durations.Converter.class,
            description = "Time between two flushes to the device; a power cut loses at most that much"
                    + " (default: ${DEFAULT-VALUE}).")
    private long flushPeriodNs;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Durations.Converter.class,
            description = "How long a stop waits for the recorder to catch up (default: ${DEFAULT-VALUE}).")
    private long drainTimeoutNs;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.Converter.class,
            description = "How long to wait for the driver (default: ${DEFAULT-VALUE}).")
    private long connectTimeoutNs;

    @Option(
            names = "--keep",
            paramLabel = "FILE",
            description = "File to copy into the session, such as the robot's URDF; may be given several times.")
    private List<Path> keptFiles = List.of();

    @Override
    public Integer call() throws IOException {
        final PersistenceConfig config = new PersistenceConfig(
                options.name(), options.dataDirectory(), keptFiles, flushPeriodNs, drainTimeoutNs, connectTimeoutNs);
        DataDirectoryCheck.require(config.dataDirectory());
        final RuntimeDirectory runtime = RuntimeDirectory.of(config.robotName());
        runtime.create();
        final long graceS = STOP_GRACE_S + TimeUnit.NANOSECONDS.toSeconds(config.drainTimeoutNs());
        try (StopSignal stop = new StopSignal(graceS);
                RecorderLock lock = RecorderLock.acquire(runtime)) {
            SupervisorWatch.begin(stop, ORPHAN_STOP_MS);
            // Left open to the end of the process: a dying Aeron client reports after it was closed.
            final MappedErrorLog errors =
                    new MappedErrorLog(runtime.errorLogFile("persistence"), "persistence", SystemEpochClock.INSTANCE);
            try (BusConnection bus =
                    BusConnection.connect(runtime, NodeId.PERSISTENCE, errors, config.connectTimeoutNs())) {
                final int exitCode = record(config, runtime, bus, errors, stop);
                stop.exitCode(exitCode);
                return exitCode;
            }
        }
    }

    private static int record(
            final PersistenceConfig config,
            final RuntimeDirectory runtime,
            final BusConnection bus,
            final MappedErrorLog errors,
            final StopSignal stop)
            throws IOException {
        final SessionDirectory directory = new SessionDirectory(config.dataDirectory(), bus.sessionName());
        final SessionKeeper session = open(directory, config, bus);
        LogMending.mend(directory.archive()).forEach(line -> LOG.log(System.Logger.Level.WARNING, line));
        try (Recorder recorder = new Recorder(config, runtime, bus, directory, session, errors)) {
            recorder.start();
            while (!stop.await(WATCH_NS) && !recorder.isBroken()) {
                // The recorder's threads do the work.
            }
            if (!stop.isStopped()) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "event=recorder-broken remedy=\"the driver or the archive is gone; see the errors in "
                                + runtime.errorLogFile("persistence") + "\"");
            }
            return recorder.stop() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
        } catch (final IOException e) {
            throw new CommandFailure(directory.manifest() + ": cannot be written (" + e
                    + "); free some space on that disk: the recordings"
                    + " are whole, and what the manifest lacks is counted when they are read");
        }
    }

    private static SessionKeeper open(
            final SessionDirectory directory, final PersistenceConfig config, final BusConnection bus) {
        try {
            return SessionKeeper.open(directory, config.keptFiles(), bus.clock().nanoTime());
        } catch (final IOException e) {
            throw new ConfigException(
                    "data",
                    config.dataDirectory(),
                    "must be a directory that can be written (" + e + ")",
                    "choose another with --data",
                    e);
        }
    }
}
