package io.tendon.persistence;

import io.tendon.bus.config.ByteAmounts;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.DurabilityLevel;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.persistence.incident.IncidentConfig;
import io.tendon.persistence.recording.Durability;
import io.tendon.persistence.retention.RetentionConfig;
import io.tendon.sessionlog.DataDirectoryCheck;
import io.tendon.store.state.StateLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Records the session that runs, until it is told to stop. Main thread. */
@Command(
        name = "run",
        description = "Records everything that is said on the bus, until SIGTERM.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    /** For what a stop takes beside draining. */
    private static final long STOP_GRACE_S = 20;

    private static final long ORPHAN_STOP_MS = 4_000;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(
            names = "--durability",
            paramLabel = "LEVEL",
            defaultValue = "periodic",
            description =
                    "When what is recorded is brought to the device: ${COMPLETION-CANDIDATES}; none is at the end of"
                            + " the session (default: ${DEFAULT-VALUE}).")
    private DurabilityLevel durabilityLevel = DurabilityLevel.PERIODIC;

    @Option(
            names = "--flush-period",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            description = "Time between two flushes to the device with --durability periodic; a power cut loses at most"
                    + " that much (default: 100ms).")
    private @Nullable Long flushPeriodNs;

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
            names = "--no-index",
            description = "Only records: the session is indexed when it is asked first, and cannot be asked while it is"
                    + " recorded.")
    private boolean isUnindexed;

    @Option(
            names = "--keep-age",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = Durations.Converter.class,
            description = "What is older is deleted, but for incidents; 0s for never (default: ${DEFAULT-VALUE}).")
    private long keepAgeNs;

    @Option(
            names = "--keep-bytes",
            paramLabel = "BYTES",
            defaultValue = "0B",
            converter = ByteAmounts.Converter.class,
            description =
                    "The oldest recordings are deleted, but for incidents, when all take more, such as 50GB; 0B for"
                            + " never (default: ${DEFAULT-VALUE}).")
    private long keepBytes;

    @Option(
            names = "--keep-free",
            paramLabel = "BYTES",
            defaultValue = "0B",
            converter = ByteAmounts.Converter.class,
            description = "The same when less is free on the disk; 0B for never (default: ${DEFAULT-VALUE}).")
    private long keepFreeBytes;

    @Option(
            names = "--incident-before",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.Converter.class,
            description = "How much is kept from before an incident (default: ${DEFAULT-VALUE}).")
    private long incidentBeforeNs;

    @Option(
            names = "--incident-after",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Durations.Converter.class,
            description = "How much is kept from after it (default: ${DEFAULT-VALUE}).")
    private long incidentAfterNs;

    @Option(
            names = "--incident-missed-cycles",
            paramLabel = "N",
            defaultValue = "20",
            description = "Cycles missed in a row that make an incident (default: ${DEFAULT-VALUE}).")
    private int incidentMissedCycles;

    @Option(
            names = "--state-entries",
            paramLabel = "N",
            defaultValue = "4096",
            description =
                    "Most keys of the state that are kept, removed ones included; with another number the map is made"
                            + " anew (default: ${DEFAULT-VALUE}).")
    private int stateEntries;

    @Option(
            names = "--state-content-bytes",
            paramLabel = "N",
            defaultValue = "1280",
            description = "Longest message that the state keeps; longer ones are read from the recordings (default:"
                    + " ${DEFAULT-VALUE}).")
    private int stateContentBytes;

    @Option(
            names = "--keep",
            paramLabel = "FILE",
            description = "File to copy into the session, such as the robot's URDF; may be given several times.")
    private List<Path> keptFiles = List.of();

    @Override
    public Integer call() {
        final PersistenceConfig config = new PersistenceConfig(
                options.name(),
                options.dataDirectory(),
                keptFiles,
                Durability.of(durabilityLevel, flushPeriodNs),
                drainTimeoutNs,
                connectTimeoutNs,
                !isUnindexed,
                new StateLimits(stateEntries, stateContentBytes),
                new IncidentConfig(incidentBeforeNs, incidentAfterNs, incidentMissedCycles),
                new RetentionConfig(
                        keepAgeNs == 0 ? RetentionConfig.UNLIMITED : keepAgeNs,
                        keepBytes == 0 ? RetentionConfig.UNLIMITED : keepBytes,
                        keepFreeBytes));
        DataDirectoryCheck.require(config.dataDirectory());
        final RuntimeDirectory runtime = RuntimeDirectory.of(config.robotName());
        runtime.create();
        final long graceS = STOP_GRACE_S + TimeUnit.NANOSECONDS.toSeconds(config.drainTimeoutNs());
        try (StopSignal stop = new StopSignal(graceS);
                ProcessLock lock = RecorderLock.acquire(runtime)) {
            SupervisorWatch.begin(stop, ORPHAN_STOP_MS);
            // Left open to the end of the process: a dying Aeron client reports after it was closed.
            final MappedErrorLog errors =
                    new MappedErrorLog(runtime.errorLogFile("persistence"), "persistence", SystemEpochClock.INSTANCE);
            final int exitCode = new RecorderRun(config, runtime, errors, stop).run();
            stop.exitCode(exitCode);
            return exitCode;
        }
    }
}
