package io.tendon.certify.inject;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.signal.StopSignal;
import io.tendon.certify.fault.ClockStep;
import io.tendon.certify.fault.CpuHog;
import io.tendon.certify.fault.DiskFull;
import io.tendon.certify.fault.Fault;
import io.tendon.certify.fault.FaultTarget;
import io.tendon.certify.fault.GcStorm;
import io.tendon.certify.fault.ProcessKill;
import io.tendon.certify.fault.ProcessStall;
import io.tendon.certify.fault.ProcessStop;
import io.tendon.certify.fault.RecorderHold;
import io.tendon.certify.fault.SlowReader;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Injects one fault into a running robot, and says what came of it. Main thread. */
@Command(
        name = "tendon-inject",
        description = {
            "Injects a fault into a robot that runs, and shows how it does before, during and after.",
            "The robot has no hook for it: what is done is done from outside. Ctrl-C ends the fault at once."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        footerHeading = "%nFaults:%n",
        footer = {
            "  disk-stall      the recorder's writes block 47ms every second (--block, --every)",
            "  disk-slow       every write of the recorder takes 5ms longer (--delay)",
            "  disk-full       the file system of the recording has no byte left (--yes for a large one)",
            "  recorder-block  the recorder's writing thread is blocked in a write for 15s (--block)",
            "  recorder-stop   SIGSTOP of the recorder, SIGCONT at the end",
            "  control-stall   control stands still for 47ms every second (--block, --every)",
            "  recorder-kill   kill -9 of the recorder; the launcher starts it again",
            "  fusion-kill     kill -9 of fusion",
            "  control-kill    kill -9 of control; it comes back and holds the arm until `control-node resume`",
            "  driver-kill     kill -9 of the media driver",
            "  cpu-hog         one busy thread for each core (--threads)",
            "  slow-reader     one more reader of control.state, a message every 100ms (--every), until left behind",
            "  gc-storm        full garbage collections in fusion, one after another",
            "  clock-step      the robot's wall clock jumps (--step); needs a robot started under libfaketime"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the robot kept what it promises under the fault",
            "1:it did not, or the command was stopped before the end",
            "2:nothing was injected: no robot, or the command line or the machine does not allow it"
        })
public final class InjectCommand implements Callable<Integer> {
    private static final long STALL_BLOCK_NS = 47_000_000L;
    private static final long STALL_EVERY_NS = 1_000_000_000L;
    private static final long SLOW_DELAY_NS = 5_000_000L;
    private static final long BLOCK_NS = 15_000_000_000L;
    private static final long READER_EVERY_NS = 100_000_000L;
    private static final String TEN_SECONDS = "10s";
    private static final long DEFAULT_FOR_NS = 10_000_000_000L;

    @Parameters(
            paramLabel = "FAULT",
            completionCandidates = FaultKind.Names.class,
            description = "Which fault: ${COMPLETION-CANDIDATES}.")
    private String faultName = "";

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            description = "How long the fault lasts (default: 10s).")
    private @Nullable Long duringNs;

    @Option(
            names = "--before",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            defaultValue = TEN_SECONDS,
            description = "How long is measured before it (default: ${DEFAULT-VALUE}).")
    private long beforeNs;

    @Option(
            names = "--after",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            defaultValue = TEN_SECONDS,
            description = "How long is measured after it, at least (default: ${DEFAULT-VALUE}).")
    private long afterNs;

    @Option(
            names = "--block",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            description = "How long a write blocks, or control stands still (default: 47ms, 15s in recorder-block).")
    private @Nullable Long blockNs;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            description = "From one block, stall or message to the next (default: 1s, 100ms in slow-reader).")
    private @Nullable Long everyNs;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            description = "How much longer a write takes (default: 5ms).")
    private @Nullable Long delayNs;

    @Option(names = "--threads", paramLabel = "N", description = "Busy threads (default: one for each core).")
    private @Nullable Integer threads;

    @Option(
            names = "--step",
            paramLabel = "TIME",
            description = "How far the clock jumps, +60s or -60s (default: +60s).")
    private @Nullable String step;

    @Option(names = "--yes", description = "Fill a file system of more than 1 GiB, too.")
    private boolean isYes;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean isJson;

    /** Called by {@link #main} and Picocli. */
    public InjectCommand() {}

    /**
     * Injects a fault.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new InjectCommand(), args));
    }

    @Override
    public Integer call() throws IOException {
        final FaultKind kind = FaultKind.of(faultName);
        refuseForeignOptions(kind);
        final PhasePlan plan = plan(kind);
        final RuntimeDirectory directory = RuntimeDirectory.of(options.name());
        try (StopSignal stop = new StopSignal();
                Fault fault = fault(kind);
                FaultTarget robot = FaultTarget.open(directory)) {
            final InjectionReport report =
                    new Injection(robot, fault, plan, stop, line -> System.err.println(line)).run();
            if (isJson) {
                System.out.println(ReportJson.text(report));
            } else {
                ReportText.lines(report, directory.nameOption()).forEach(System.out::println);
            }
            return report.verdict().isHeld() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
        }
    }

    private Fault fault(final FaultKind kind) {
        return switch (kind) {
            case DISK_STALL -> RecorderHold.diskStall(or(blockNs, STALL_BLOCK_NS), or(everyNs, STALL_EVERY_NS));
            case DISK_SLOW -> RecorderHold.diskSlow(or(delayNs, SLOW_DELAY_NS));
            case DISK_FULL -> new DiskFull(isYes);
            case RECORDER_BLOCK -> RecorderHold.recorderBlock();
            case RECORDER_STOP -> new ProcessStop(NodeId.PERSISTENCE);
            case CONTROL_STALL ->
                new ProcessStall(NodeId.CONTROL, or(blockNs, STALL_BLOCK_NS), or(everyNs, STALL_EVERY_NS));
            case RECORDER_KILL -> new ProcessKill(NodeId.PERSISTENCE);
            case FUSION_KILL -> new ProcessKill(NodeId.FUSION);
            case CONTROL_KILL -> new ProcessKill(NodeId.CONTROL);
            case DRIVER_KILL -> new ProcessKill(NodeId.DRIVER);
            case CPU_HOG -> new CpuHog(threads == null ? Runtime.getRuntime().availableProcessors() : threads);
            case SLOW_READER -> new SlowReader(or(everyNs, READER_EVERY_NS));
            case GC_STORM -> new GcStorm();
            case CLOCK_STEP -> new ClockStep(stepNs(step == null ? "+60s" : step));
        };
    }

    /** A blocked recorder is blocked for the whole fault, so that its length may be said in either way. */
    private PhasePlan plan(final FaultKind kind) {
        if (kind != FaultKind.RECORDER_BLOCK) {
            return new PhasePlan(beforeNs, or(duringNs, DEFAULT_FOR_NS), afterNs);
        }
        if (blockNs != null && duringNs != null && !blockNs.equals(duringNs)) {
            throw new ConfigException(
                    "--for",
                    Durations.format(duringNs),
                    "must be the same as --block, " + Durations.format(blockNs),
                    "leave one of them out");
        }
        return new PhasePlan(beforeNs, or(blockNs, or(duringNs, BLOCK_NS)), afterNs);
    }

    private void refuseForeignOptions(final FaultKind kind) {
        refuse(kind, "--block", blockNs == null ? null : Durations.format(blockNs));
        refuse(kind, "--every", everyNs == null ? null : Durations.format(everyNs));
        refuse(kind, "--delay", delayNs == null ? null : Durations.format(delayNs));
        refuse(kind, "--threads", threads);
        refuse(kind, "--step", step);
        refuse(kind, "--yes", isYes ? "true" : null);
    }

    private static void refuse(final FaultKind kind, final String option, final @Nullable Object value) {
        if (value != null) {
            kind.requireOption(option, value);
        }
    }

    /** A duration with a sign before it. */
    static long stepNs(final String text) {
        final boolean isBack = text.startsWith("-");
        final String duration = isBack || text.startsWith("+") ? text.substring(1) : text;
        try {
            return isBack ? -Durations.parseNs(duration) : Durations.parseNs(duration);
        } catch (final IllegalArgumentException e) {
            throw new ConfigException("--step", text, "must be a duration with its sign", "write +60s or -60s", e);
        }
    }

    private static long or(final @Nullable Long given, final long otherwise) {
        return given == null ? otherwise : given;
    }
}
