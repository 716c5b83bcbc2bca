package io.tendon.deploy;

import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.LiveNode;
import io.tendon.schemas.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Starts nodes again that have died, each by its own {@link RestartPolicy}. The others go on meanwhile: nobody is asked to
 * do anything. A node that cannot use its configuration is not started again, since it would end the same way, nor is one
 * that ended with a safety stop, which a person ends, nor a driver that was asked to stop. Launcher's main thread.
 */
final class Supervisor {
    private static final double NS_PER_S = 1e9;
    private static final int SIGNAL_EXIT = 128;

    private final RobotProcesses processes;
    private final CounterView view;
    private final String nameOption;
    private final Map<String, Care> cares = new HashMap<>();

    /**
     * Watches.
     *
     * @param processes all running.
     * @param view of the session's counters.
     * @param nameOption that a command for this robot needs; empty where it needs none.
     */
    Supervisor(final RobotProcesses processes, final CounterView view, final String nameOption) {
        this.processes = processes;
        this.view = view;
        this.nameOption = nameOption;
    }

    /**
     * Looks at every process once.
     *
     * @param nowNs steady time.
     * @param say takes lines for the user.
     * @return the process for whose sake the robot has to be stopped, if there is one.
     */
    Optional<NodeProcess> check(final long nowNs, final Consumer<String> say) {
        for (final NodeProcess process : List.copyOf(processes.all())) {
            final Care care = cares.computeIfAbsent(process.name(), name -> new Care());
            if (!process.isAlive()) {
                if (care.startAtNs == Care.NEVER && !plan(process, care, nowNs, say)) {
                    return Optional.of(process);
                }
                if (nowNs - care.startAtNs >= 0) {
                    care.startAtNs = Care.NEVER;
                    care.restarts++;
                    care.isAwaited = true;
                    processes.startAgain(process);
                }
            } else if (care.isAwaited && isReady(process)) {
                care.isAwaited = false;
                say.accept(String.format(
                        Locale.ROOT,
                        "%s: is back, pid %d, %.1f s after it died%s",
                        process.name(),
                        process.pid(),
                        (nowNs - care.diedNs) / NS_PER_S,
                        "control".equals(process.name())
                                ? "; the arm holds until `control-node resume" + nameOption + "`"
                                : ""));
            } else if (care.isAwaited && nowNs - care.diedNs > RobotProcesses.READY_TIMEOUT_NS) {
                say.accept(process.name() + ": not ready " + RobotProcesses.READY_TIMEOUT_NS / 1_000_000_000L
                        + " s after it died; it is killed");
                process.kill();
                care.isAwaited = false;
            }
        }
        return Optional.empty();
    }

    /** Whether an end is no accident; the driver takes the session with it when it stops in order. */
    private static boolean isFinal(final NodeProcess process) {
        final int exitCode = process.exitCode();
        return exitCode == NodeCommand.EXIT_USAGE
                || exitCode == NodeCommand.EXIT_SAFETY_STOP
                || (exitCode == NodeCommand.EXIT_OK && "driver".equals(process.name()));
    }

    /** Whether a node's deaths were too many to start it again. */
    boolean hasDiedTooOften(final String name) {
        final Care care = cares.get(name);
        return care != null && care.hasDiedTooOften;
    }

    /** How often a node was started again. */
    int restarts(final String name) {
        final Care care = cares.get(name);
        return care == null ? 0 : care.restarts;
    }

    /** Whether it will be started again. */
    private boolean plan(final NodeProcess process, final Care care, final long nowNs, final Consumer<String> say) {
        final String how = exitText(process.exitCode());
        final OptionalLong delayNs = isFinal(process) ? OptionalLong.empty() : care.policy.onDeath(nowNs);
        if (delayNs.isEmpty()) {
            care.hasDiedTooOften = !isFinal(process);
            return false;
        }
        care.diedNs = nowNs;
        care.isAwaited = false;
        care.startAtNs = nowNs + delayNs.getAsLong();
        say.accept(String.format(
                Locale.ROOT,
                "%s: died (%s); is started again in %.1f s, its log is %s",
                process.name(),
                how,
                delayNs.getAsLong() / NS_PER_S,
                process.logFile()));
        return true;
    }

    private boolean isReady(final NodeProcess process) {
        if ("driver".equals(process.name())) {
            return processes.isDriving(process);
        }
        final NodeId node = NodeId.valueOf(process.name().toUpperCase(Locale.ROOT));
        return view.node(BusCounter.PID, node, 0) == process.pid()
                && view.node(BusCounter.READY, node, 0) == LiveNode.READY;
    }

    /** An exit code in words. */
    static String exitText(final int exitCode) {
        return exitCode > SIGNAL_EXIT ? "signal " + (exitCode - SIGNAL_EXIT) : "exit code " + exitCode;
    }

    /** What is known of one node. */
    private static final class Care {
        private static final long NEVER = Long.MIN_VALUE;

        private final RestartPolicy policy = new RestartPolicy();
        private long diedNs;
        private long startAtNs = NEVER;
        private boolean isAwaited;
        private boolean hasDiedTooOften;
        private int restarts;
    }
}
