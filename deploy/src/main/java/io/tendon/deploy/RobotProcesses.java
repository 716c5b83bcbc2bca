package io.tendon.deploy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.LiveNode;
import io.tendon.schemas.NodeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The four processes: started in the order driver, persistence, fusion, control, each when the one before does its work;
 * stopped in the order fusion, control, persistence, driver. One that dies is started again in its place when {@link
 * Supervisor} says so. Launcher's main thread.
 */
final class RobotProcesses {
    /** How long a node may take until it does its work. */
    static final long READY_TIMEOUT_NS = 60_000_000_000L;

    private static final long POLL_NS = 20_000_000L;
    private static final long EXIT_TIMEOUT_MS = 15_000;
    private static final long DRAIN_TIMEOUT_MS = 60_000;

    private final LaunchConfig config;
    private final Path cell;
    private final BooleanSupplier isStopped;
    private final List<NodeProcess> started = new ArrayList<>();
    private final Map<String, NodeLaunch> launches = new HashMap<>();
    private final List<String> killed = new ArrayList<>();

    /**
     * Nothing runs yet.
     *
     * @param config of the launch.
     * @param cell that fusion and control are given.
     * @param isStopped whether the user has asked for a stop, looked at while the robot starts.
     */
    RobotProcesses(final LaunchConfig config, final Path cell, final BooleanSupplier isStopped) {
        this.config = config;
        this.cell = cell;
        this.isStopped = isStopped;
    }

    /** Starts the driver and waits for its session. */
    SessionAnchor startDriver() {
        final NodeProcess driver = start(
                "driver",
                "bus-driver",
                config.layout().systemCpus(),
                List.of("--continue"),
                config.measurement().isTethered() ? new String[] {"--tethered"} : new String[0]);
        final long deadlineNs = System.nanoTime() + READY_TIMEOUT_NS;
        while (true) {
            final Optional<SessionAnchor> session =
                    SessionAnchor.readLive(config.runtime().sessionFile());
            if (session.isPresent() && session.get().driverPid() == driver.pid()) {
                return session.get();
            }
            awaitOrFail(driver, deadlineNs);
        }
    }

    /** Whether a driver carries the session. */
    boolean isDriving(final NodeProcess driver) {
        return SessionAnchor.readLive(config.runtime().sessionFile())
                .filter(session -> session.driverPid() == driver.pid())
                .isPresent();
    }

    /** Starts a process in the place of one that has died. */
    void startAgain(final NodeProcess dead) {
        final NodeLaunch launch = launches.get(dead.name());
        if (launch == null) {
            throw new IllegalArgumentException(dead.name() + ": must have been started here");
        }
        started.set(started.indexOf(dead), launch.startAgain());
    }

    /** Starts what remains, each when the one before is ready. */
    void startNodes(final CounterView view) {
        final String rt = config.rtMode().name().toLowerCase(Locale.ROOT);
        final String robot = config.robot().toString();
        startNode(view, NodeId.PERSISTENCE, config.layout().systemCpus(), keptFiles());
        startNode(
                view,
                NodeId.FUSION,
                config.layout().fusionCpus(),
                "--robot",
                robot,
                "--cell",
                cell.toString(),
                "--rt",
                rt);
        final List<String> control = new ArrayList<>(List.of(
                "--robot",
                robot,
                "--cell",
                cell.toString(),
                "--rt",
                rt,
                "--cpu",
                Integer.toString(config.layout().controlCpu())));
        config.measurement().tickLog().ifPresent(file -> control.addAll(List.of("--tick-log", file.toString())));
        startNode(view, NodeId.CONTROL, "", control.toArray(String[]::new));
    }

    private Optional<NodeProcess> dead() {
        return started.stream().filter(process -> !process.isAlive()).findFirst();
    }

    /** Stops fusion, then control, then lets persistence drain. The driver goes on. */
    void stopNodes(final CounterView view) {
        // Control must hear of the stop before it takes fusion's silence for a fault, so it is told as soon as fusion's
        // loop has ended and not only when its JVM has.
        find("fusion").ifPresent(fusion -> {
            fusion.terminate();
            awaitStopping(view, NodeId.FUSION, fusion);
        });
        find("control").ifPresent(NodeProcess::terminate);
        find("fusion").ifPresent(fusion -> end(fusion, EXIT_TIMEOUT_MS));
        find("control").ifPresent(control -> end(control, EXIT_TIMEOUT_MS));
        find("persistence").ifPresent(persistence -> {
            persistence.terminate();
            end(persistence, DRAIN_TIMEOUT_MS);
        });
    }

    /** Stops the driver, last of all. */
    void stopDriver() {
        find("driver").ifPresent(driver -> {
            driver.terminate();
            end(driver, EXIT_TIMEOUT_MS);
        });
    }

    /** Kills whatever is left, for a launch that failed. */
    void stopAll() {
        for (int i = started.size() - 1; i >= 0; i--) {
            started.get(i).terminate();
            end(started.get(i), EXIT_TIMEOUT_MS);
        }
    }

    /** All processes that were started, in that order. */
    List<NodeProcess> all() {
        return started;
    }

    /** Names of processes that did not end when asked and were killed. */
    List<String> killed() {
        return killed;
    }

    private String[] keptFiles() {
        final List<String> arguments = new ArrayList<>();
        final List<Path> files = new ArrayList<>(List.of(config.robot(), cell));
        for (final String node : new String[] {"control-node", "fusion-node", "persistence-node"}) {
            files.add(config.home().resolve("config").resolve(node + ".properties"));
        }
        for (final Path file : files) {
            if (Files.isRegularFile(file)) {
                arguments.addAll(List.of("--keep", file.toString()));
            }
        }
        return arguments.toArray(String[]::new);
    }

    private void startNode(final CounterView view, final NodeId node, final String cpus, final String... arguments) {
        final String name = node.name().toLowerCase(Locale.ROOT);
        final long deadlineNs = System.nanoTime() + READY_TIMEOUT_NS;
        if (isStopped.getAsBoolean()) {
            throw new CommandFailure("stopped while the robot was starting; " + name + " was not started");
        }
        final NodeProcess process = start(name, name + "-node", cpus, List.of(), arguments);
        while (view.node(BusCounter.READY, node, 0) != LiveNode.READY) {
            awaitOrFail(process, deadlineNs);
        }
    }

    private NodeProcess start(
            final String name,
            final String command,
            final String cpus,
            final List<String> againArguments,
            final String... arguments) {
        final List<String> line = new ArrayList<>(List.of(
                config.command(command).toString(),
                "run",
                "--name",
                config.runtime().name(),
                "--data",
                config.dataDirectory().toString()));
        line.addAll(List.of(arguments));
        final NodeLaunch launch = new NodeLaunch(name, cpus, config.logFile(name), line, againArguments);
        launches.put(name, launch);
        final NodeProcess process = launch.start();
        started.add(process);
        return process;
    }

    private void awaitOrFail(final NodeProcess process, final long deadlineNs) {
        if (isStopped.getAsBoolean()) {
            throw new CommandFailure("stopped while the robot was starting");
        }
        final Optional<NodeProcess> dead = dead();
        if (dead.isPresent()) {
            final NodeProcess node = dead.get();
            throw new CommandFailure(
                    node.name() + ": ended with exit code " + node.exitCode() + " while the robot started:\n"
                            + node.logTail(),
                    node.exitCode() == 2 ? 2 : 1);
        }
        if (System.nanoTime() > deadlineNs) {
            throw new CommandFailure(process.name() + ": not ready after " + READY_TIMEOUT_NS / 1_000_000_000L
                    + " s; its log says:\n" + process.logTail());
        }
        LockSupport.parkNanos(POLL_NS);
    }

    private static void awaitStopping(final CounterView view, final NodeId node, final NodeProcess process) {
        final long deadlineNs = System.nanoTime() + EXIT_TIMEOUT_MS * 1_000_000L;
        while (process.isAlive()
                && view.node(BusCounter.READY, node, 0) != LiveNode.STOPPING
                && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(POLL_NS / 20);
        }
    }

    private void end(final NodeProcess process, final long timeoutMs) {
        if (!process.awaitExit(timeoutMs)) {
            killed.add(process.name());
        }
    }

    private Optional<NodeProcess> find(final String name) {
        return started.stream().filter(process -> process.name().equals(name)).findFirst();
    }
}
