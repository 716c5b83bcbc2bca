package io.tendon.certify.process;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.LiveNode;
import io.tendon.certify.measure.Safepoints;
import io.tendon.certify.measure.Waiting;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A robot of the installation, started with its own launcher as a user does, and stopped in order when it is closed.
 * Owner: the certificate's main thread.
 */
public final class RobotRun implements AutoCloseable {
    private static final long START_TIMEOUT_NS = 120_000_000_000L;
    private static final long STOP_TIMEOUT_S = 180;
    private static final long POLL_NS = 50_000_000L;
    private static final long COMMAND_TIMEOUT_S = 30;
    private static final long ARM_TIMEOUT_NS = 15_000_000_000L;
    private static final String JAVA_OPTIONS = "TENDON_JAVA_OPTS";
    private static final NodeId[] NODES = {NodeId.PERSISTENCE, NodeId.FUSION, NodeId.CONTROL};

    private final ChildProcess launcher;
    private final RuntimeDirectory directory;
    private final SessionAnchor session;
    private final CounterView view;
    private final Path tickLog;
    private final Path controlNode;

    private RobotRun(
            final ChildProcess launcher,
            final RuntimeDirectory directory,
            final SessionAnchor session,
            final CounterView view,
            final Path tickLog,
            final Path controlNode) {
        this.launcher = launcher;
        this.directory = directory;
        this.session = session;
        this.view = view;
        this.tickLog = tickLog;
        this.controlNode = controlNode;
    }

    /**
     * How to start it.
     *
     * @param home of the installation.
     * @param name of the robot.
     * @param data where its session goes.
     * @param workDirectory in memory, for its tick log and what it prints; this run's own.
     * @param isTethered whether without isolation.
     * @param options more for the launcher.
     * @param environment more variables for all of its processes.
     */
    public record Plan(
            Path home,
            String name,
            Path data,
            Path workDirectory,
            boolean isTethered,
            List<String> options,
            Map<String, String> environment) {}

    /**
     * Starts it and waits until all of its nodes work.
     *
     * @param plan how.
     * @return the running robot.
     * @throws CommandFailure when it does not come up.
     */
    public static RobotRun start(final Plan plan) {
        final RuntimeDirectory directory = RuntimeDirectory.of(plan.name());
        if (SessionAnchor.readLive(directory.sessionFile()).isPresent()) {
            throw new CommandFailure("robot " + plan.name()
                    + ": runs already, must be ours alone; stop it, or certify under" + " another --name");
        }
        final Path tickLog = plan.workDirectory().resolve("control-ticks");
        final List<String> command = new ArrayList<>(List.of(
                plan.home().resolve("bin/launch-all").toString(),
                "--plain",
                "--name",
                plan.name(),
                "--data",
                plan.data().toString(),
                "--tick-log",
                tickLog.toString()));
        if (plan.isTethered()) {
            command.add("--tethered");
        }
        command.addAll(plan.options());
        final Map<String, String> environment = new HashMap<>(plan.environment());
        final String userOptions = System.getenv().getOrDefault(JAVA_OPTIONS, "");
        environment.put(
                JAVA_OPTIONS,
                userOptions + " -Xlog:safepoint,handshake:file="
                        + plan.workDirectory().resolve("safepoints-%p.log") + ":tn");
        final ChildProcess launcher =
                ChildProcess.start("launch-all", plan.workDirectory().resolve("launch-all.log"), command, environment);
        try {
            return await(launcher, directory, tickLog, plan.home().resolve("bin/control-node"));
        } catch (final RuntimeException e) {
            launcher.stop(STOP_TIMEOUT_S);
            throw e;
        }
    }

    /** Where it lives in memory. */
    public RuntimeDirectory directory() {
        return directory;
    }

    /** Its session. */
    public SessionAnchor session() {
        return session;
    }

    /** Its counters; valid until it is closed. */
    public CounterView view() {
        return view;
    }

    /** Where control notes its ticks. */
    public Path tickLog() {
        return tickLog;
    }

    /** When the JVM of control's present life held all of its threads. */
    public Safepoints safepoints() {
        return Safepoints.read(
                tickLog.resolveSibling("safepoints-" + pid(NodeId.CONTROL) + ".log"),
                session.anchorEpochNs() - session.anchorSteadyNs());
    }

    /** Process id of a node, 0 while it has none. */
    public long pid(final NodeId node) {
        return view.node(BusCounter.PID, node, 0);
    }

    /** Whether every node does its work. */
    public boolean isReady() {
        for (final NodeId node : NODES) {
            if (view.node(BusCounter.READY, node, 0) != LiveNode.READY
                    || !ProcessHandle.of(pid(node)).map(ProcessHandle::isAlive).orElse(false)) {
                return false;
            }
        }
        return true;
    }

    /** Whether its launcher runs. */
    public boolean isRunning() {
        return launcher.isAlive();
    }

    /** The end of what its launcher printed. */
    public String lastWord() {
        return launcher.logTail();
    }

    /** Control's safety state. */
    public String armState() {
        return safetyState().name();
    }

    /**
     * Lets an arm go on that a fault before has left standing, so that a stretch is measured on one that moves. Waits until
     * it does, for a while.
     */
    public void letArmRun() {
        if (!isRunning() || safetyState() == SafetyState.RUNNING) {
            return;
        }
        final String verb = safetyState() == SafetyState.HOLDING ? "resume" : "reset";
        final List<String> command = List.of(controlNode.toString(), verb, "--name", directory.name());
        try (ChildProcess operator = ChildProcess.start(verb, tickLog.resolveSibling("operator.log"), command)) {
            operator.awaitExit(COMMAND_TIMEOUT_S);
        }
        Waiting.until(() -> safetyState() == SafetyState.RUNNING, ARM_TIMEOUT_NS);
    }

    /**
     * Stops it in order.
     *
     * @return exit code of its launcher.
     */
    public int stop() {
        return launcher.isAlive() ? launcher.stop(STOP_TIMEOUT_S) : launcher.awaitExit(1);
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            view.close();
        }
    }

    private SafetyState safetyState() {
        return SafetyState.get((short) view.node(BusCounter.SAFETY_STATE, NodeId.CONTROL, SafetyState.WAITING.value()));
    }

    private static RobotRun await(
            final ChildProcess launcher, final RuntimeDirectory directory, final Path tickLog, final Path controlNode) {
        final long deadlineNs = System.nanoTime() + START_TIMEOUT_NS;
        RobotRun run = null;
        try {
            while (run == null || !run.isReady()) {
                if (!launcher.isAlive() || System.nanoTime() > deadlineNs) {
                    throw new CommandFailure("the robot did not come up; its launcher printed\n" + launcher.logTail());
                }
                Waiting.sleep(POLL_NS);
                if (run == null) {
                    final Optional<SessionAnchor> session = SessionAnchor.readLive(directory.sessionFile());
                    if (session.isPresent()) {
                        run = new RobotRun(
                                launcher, directory, session.get(), CounterView.open(directory), tickLog, controlNode);
                    }
                }
            }
            return run;
        } catch (final RuntimeException e) {
            if (run != null) {
                run.view.close();
            }
            throw e;
        }
    }
}
