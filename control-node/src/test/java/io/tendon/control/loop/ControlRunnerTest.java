package io.tendon.control.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.cycle.CycleStatistics;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.driver.EmbeddedDriver;
import io.tendon.control.ControlConfig;
import io.tendon.control.Robots;
import io.tendon.control.hardware.sim.SimulatedArm;
import io.tendon.control.hardware.sim.SimulationSettings;
import io.tendon.robot.RobotModel;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.ErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop on its own thread and the session's real clock. */
class ControlRunnerTest {
    private static final long MS = 1_000_000;
    private static final ErrorHandler RETHROW = error -> {
        throw new AssertionError(error);
    };

    @TempDir
    private Path directory;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isStopAsked = new AtomicBoolean();
    private final RobotModel robot = Robots.shipped();
    private EmbeddedDriver driver;
    private BusConnection control;
    private BusConnection fusion;
    private FailingArm arm;
    private ControlLoop loop;
    private ControlReader reader;

    @BeforeEach
    void connect() {
        final RuntimeDirectory runtime = new RuntimeDirectory("test", directory);
        driver = EmbeddedDriver.launch(runtime, RETHROW);
        control = BusConnection.connect(runtime, NodeId.CONTROL, RETHROW, 0);
        fusion = BusConnection.connect(runtime, NodeId.FUSION, RETHROW, 0);
        arm = new FailingArm(new SimulatedArm(SimulationSettings.typical(1), Robots.cell(), control.clock()));
        arm.configure(robot);
        loop = new ControlLoop(
                control, robot, arm, config(-1), new CycleStatistics(control.counters(), MS), control.clock());
        reader = new ControlReader(fusion);
    }

    @AfterEach
    void disconnect() {
        loop.close();
        control.close();
        fusion.close();
        driver.close();
    }

    @Test
    void shouldStandStillAndPowerOffWhenAskedToStop() throws InterruptedException {
        final ControlRunner runner = runner(config(-1));
        final Thread thread = start(runner);
        await().until(() -> reader.poll().states.size() > 20);
        assertThat(arm.isActive()).isTrue();
        isStopAsked.set(true);
        thread.join();

        assertThat(runner.exitCode()).isEqualTo(NodeCommand.EXIT_OK);
        assertThat(arm.isActive()).isFalse();
        assertThat(reader.last().safetyState()).isEqualTo(SafetyState.HOLDING);
        assertThat(reader.event(EventKind.NODE_STOPPING)).isPresent();
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldLatchAFaultOnAnExceptionAndGoOnPublishing() throws InterruptedException {
        final ControlRunner runner = runner(config(-1));
        final Thread thread = start(runner);
        await().until(() -> reader.poll().states.size() > 20);
        arm.surpriseWith(new ArithmeticException("by zero"), 1);
        await().until(() -> reader.last().safetyState() == SafetyState.FAULTED);
        final int published = reader.states.size();
        await().until(() -> reader.poll().states.size() > published + 20);
        isStopAsked.set(true);
        thread.join();

        assertThat(runner.exitCode()).isEqualTo(NodeCommand.EXIT_OK);
        assertThat(errors).singleElement().isInstanceOf(ArithmeticException.class);
        assertThat(reader.event(EventKind.EXCEPTION).orElseThrow().text()).isEqualTo("ArithmeticException: by zero");
    }

    @Test
    void shouldEndWithASafetyStopWhenTheFaultCannotBeHandled() throws InterruptedException {
        final ControlRunner runner = runner(config(-1));
        final Thread thread = start(runner);
        await().until(() -> reader.poll().states.size() > 20);
        arm.surpriseWith(new IllegalStateException("again and again"), Integer.MAX_VALUE);
        thread.join();

        assertThat(runner.exitCode()).isEqualTo(NodeCommand.EXIT_SAFETY_STOP);
        assertThat(arm.isActive()).isFalse();
    }

    @Test
    void shouldNotStartOnACoreThatIsNotThere() throws InterruptedException {
        final ControlRunner runner = runner(config(1_000));
        start(runner).join();

        assertThatThrownBy(runner::exitCode).isInstanceOf(ConfigException.class).hasMessageStartingWith("cpu=1000");
        assertThat(arm.isActive()).isFalse();
    }

    @Test
    void shouldEndWithAFailureWhenTheArmCannotBePowered() throws InterruptedException {
        arm.failWith("no such device: /dev/can0; plug it in");
        final ControlRunner runner = runner(config(-1));
        start(runner).join();

        assertThat(runner.exitCode()).isEqualTo(NodeCommand.EXIT_FAILURE);
        assertThat(errors).hasSize(1);
    }

    private ControlRunner runner(final ControlConfig config) {
        return new ControlRunner(loop, config, control.clock(), isStopAsked::get, errors::add, outcome -> {}, null);
    }

    private static Thread start(final ControlRunner runner) {
        final Thread thread = new Thread(runner, "control-loop-test");
        thread.start();
        return thread;
    }

    private static ControlConfig config(final int cpu) {
        return new ControlConfig(MS, 0, 10 * MS, 20 * MS, 20, 500 * MS, 0.05, 1, 0.5, RtMode.OFF, 80, cpu);
    }
}
