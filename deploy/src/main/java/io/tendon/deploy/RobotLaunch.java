package io.tendon.deploy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.cycle.RealTimeOutcome;
import io.tendon.bus.cycle.RealTimeRight;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.deploy.figures.ArmFigures;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import io.tendon.sessionlog.DataDirectoryCheck;
import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One run of the robot, from the first process to the summary:
 *
 * <pre>
 *   refuse a second one -> driver -> persistence -> fusion -> control
 *     -> the panel or status lines, until the time is up, Ctrl-C, or a process dies too often
 *     -> fusion, control to a held stop, persistence drained -> figures -> driver -> report, summary
 * </pre>
 *
 * <p>Main thread.
 */
final class RobotLaunch {
    private static final long STOP_GRACE_S = 180;
    private static final long WATCH_PERIOD_NS = 50_000_000L;

    private final LaunchConfig config;

    RobotLaunch(final LaunchConfig config) {
        this.config = config;
    }

    /**
     * Runs.
     *
     * @return the exit code.
     */
    int run() {
        SessionAnchor.readLive(config.runtime().sessionFile()).ifPresent(session -> {
            throw new CommandFailure("robot " + config.runtime().name() + ": runs already (session "
                    + session.sessionName() + ", driver pid " + session.driverPid()
                    + "); stop that one, or run beside it with --name other");
        });
        DataDirectoryCheck.require(config.dataDirectory());
        config.runtime().create();
        final Path cell = config.cell().orElseGet(() -> CellPlan.make(config));
        try (StopSignal stop = new StopSignal(STOP_GRACE_S)) {
            SupervisorWatch.begin(stop, 0);
            final RobotProcesses processes = new RobotProcesses(config, cell, stop::isStopped);
            stop.exitCode(NodeCommand.EXIT_FAILURE);
            try {
                final int exitCode = run(processes, stop);
                stop.exitCode(exitCode);
                return exitCode;
            } catch (final CommandFailure e) {
                processes.stopAll();
                if (stop.isStopped()) {
                    // The hook ends the process before anybody above could say it.
                    System.err.println(e.getMessage());
                }
                throw e;
            }
        }
    }

    private int run(final RobotProcesses processes, final StopSignal stop) {
        final SessionAnchor session = processes.startDriver();
        final SessionDirectory directory = new SessionDirectory(config.dataDirectory(), session.sessionName());
        try (CounterView view = CounterView.open(config.runtime())) {
            processes.startNodes(view);
            final LinePrinter lines = LinePrinter.begin(System.out);
            lines.say("session " + session.sessionName() + ", recorded in " + directory.root());
            sayShortfalls(view, lines);

            final long startNs = System.nanoTime();
            final Supervisor supervisor =
                    new Supervisor(processes, view, config.runtime().nameOption());
            final RunDisplay display = RunDisplay.open(config, view, startNs, lines);
            final WatchedRun run = WatchedRun.of(
                    display,
                    startNs,
                    () -> watch(supervisor, stop, view, display, startNs),
                    () -> processes.stopNodes(view));
            final RunFigures figures = RunFigures.read(view);
            processes.stopDriver();
            copyLogs(directory, processes);
            return new RunSummary(config, session, run.durationS(), figures, processes, supervisor, run.dead())
                    .conclude(directory);
        }
    }

    private Optional<NodeProcess> watch(
            final Supervisor supervisor,
            final StopSignal stop,
            final CounterView view,
            final RunDisplay display,
            final long startNs) {
        final long endNs =
                config.durationNs().map(duration -> startNs + duration).orElse(Long.MAX_VALUE);
        while (true) {
            final long waitNs = Math.min(WATCH_PERIOD_NS, endNs - System.nanoTime());
            if (stop.await(Math.max(0, waitNs)) || System.nanoTime() >= endNs) {
                return Optional.empty();
            }
            final Optional<NodeProcess> dead = supervisor.check(System.nanoTime(), display::say);
            if (dead.isPresent()) {
                return dead;
            }
            display.show(view);
        }
    }

    private void sayShortfalls(final CounterView view, final LinePrinter lines) {
        if (!config.layout().shortfall().isEmpty()) {
            lines.say("note: " + config.layout().shortfall());
        }
        for (final NodeId node : new NodeId[] {NodeId.CONTROL, NodeId.FUSION}) {
            if (view.node(BusCounter.REAL_TIME, node, 0) == RealTimeOutcome.LESS_GIVEN) {
                final String name = node.name().toLowerCase(java.util.Locale.ROOT);
                final String missing = RealTimeRight.of(view.node(BusCounter.REAL_TIME_MISSING, node, 0)).stream()
                        .map(RealTimeRight::words)
                        .collect(Collectors.joining(" and "));
                lines.say("note: " + name + " runs without " + missing
                        + "; control-node doctor says how to get it, and why: " + config.logFile(name));
            }
        }
    }

    private static void copyLogs(final SessionDirectory directory, final RobotProcesses processes) {
        for (final NodeProcess process : processes.all()) {
            copy(process.logFile(), directory.root().resolve("logs").resolve(process.name() + ".log"));
        }
    }

    private static void copy(final Path from, final Path to) {
        if (!Files.isRegularFile(from)) {
            return;
        }
        try {
            final Path parent = to.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.copy(from, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            System.err.println(to + ": cannot be written (" + e + "); the log stays in " + from);
        }
    }

    static void say(final String line) {
        System.out.println(line);
    }

    /** Exit code of a run whose nodes ended so. */
    static int exitCode(final boolean isWhole, final SafetyState state) {
        if (!isWhole) {
            return NodeCommand.EXIT_FAILURE;
        }
        return ArmFigures.isLatched(state) ? NodeCommand.EXIT_SAFETY_STOP : NodeCommand.EXIT_OK;
    }
}
