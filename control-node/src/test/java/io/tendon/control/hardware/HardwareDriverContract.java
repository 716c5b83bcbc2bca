package io.tendon.control.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tendon.robot.RobotModel;
import org.junit.jupiter.api.Test;

/** What every driver must do. A driver's test extends this and says how to make one and how its time goes on. */
public abstract class HardwareDriverContract {
    private static final long PERIOD_NS = 1_000_000;

    /** A driver that has not been configured. */
    protected abstract HardwareDriver newDriver();

    /** The robot that it moves. */
    protected abstract RobotModel robot();

    /** Lets the driver's time go on. */
    protected abstract void advance(long ns);

    /** The driver's time, ns since the epoch. */
    protected abstract long nowNs();

    @Test
    void shouldRefuseCallsOutOfOrder() {
        final HardwareDriver driver = newDriver();
        final SensorFrame frame = new SensorFrame(robot().jointCount());
        final JointCommand command = new JointCommand(robot().jointCount());

        assertThatThrownBy(driver::activate).isInstanceOf(IllegalStateException.class);
        driver.configure(robot());
        assertThatThrownBy(() -> driver.read(frame)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> driver.write(command)).isInstanceOf(IllegalStateException.class);
        driver.deactivate();
        driver.activate();
        driver.read(frame);
        driver.deactivate();
        assertThatThrownBy(() -> driver.read(frame)).isInstanceOf(IllegalStateException.class);
        driver.deactivate();
    }

    @Test
    void shouldReadASaneFrameWithItsTimeOnceActive() {
        final SensorFrame frame = new SensorFrame(robot().jointCount());
        active().read(frame);

        assertThat(frame.captureTimeNs()).isEqualTo(nowNs());
        for (int i = 0; i < robot().jointCount(); i++) {
            assertThat(frame.positions()[i])
                    .isBetween(
                            robot().joint(i).limits().lowerPosition(),
                            robot().joint(i).limits().upperPosition());
            assertThat(frame.velocities()[i]).isCloseTo(0, within(0.01));
            assertThat(frame.efforts()[i]).isFinite();
            assertThat(frame.temperaturesCelsius()[i]).isBetween(-20.0, 120.0);
        }
        assertThat(frame.gripperWidthM()).isBetween(0.0, robot().gripper().maxWidthM());
    }

    @Test
    void shouldHoldTheArmFromActivationOnUntilACommandComes() {
        final SensorFrame frame = new SensorFrame(robot().jointCount());
        final HardwareDriver driver = active();
        driver.read(frame);
        final double[] start = frame.positions().clone();
        for (int cycle = 0; cycle < 500; cycle++) {
            advance(PERIOD_NS);
            driver.read(frame);
        }

        assertThat(frame.positions()).containsExactly(start, within(0.002));
    }

    @Test
    void shouldFollowACommandOfOneJoint() {
        final SensorFrame frame = new SensorFrame(robot().jointCount());
        final JointCommand command = new JointCommand(robot().jointCount());
        final HardwareDriver driver = active();
        driver.read(frame);
        final double[] start = frame.positions().clone();
        for (int cycle = 0; cycle < 1_500; cycle++) {
            advance(PERIOD_NS);
            driver.read(frame);
            System.arraycopy(start, 0, command.positions(), 0, start.length);
            command.positions()[1] = start[1] + 0.1 * Math.min(1, cycle / 1000.0);
            command.velocities()[1] = cycle < 1000 ? 0.1 : 0;
            driver.write(command);
        }

        assertThat(frame.positions()[1]).isCloseTo(start[1] + 0.1, within(0.002));
        assertThat(frame.positions()[0]).isCloseTo(start[0], within(0.002));
    }

    @Test
    void shouldHoldTheArmWhereItIsWhenActivatedAnew() {
        final SensorFrame frame = new SensorFrame(robot().jointCount());
        final HardwareDriver driver = active();
        driver.read(frame);
        final double[] before = frame.positions().clone();
        driver.deactivate();
        advance(50 * PERIOD_NS);
        driver.activate();
        advance(PERIOD_NS);
        driver.read(frame);

        assertThat(frame.positions()).containsExactly(before, within(0.002));
    }

    /** A driver that is configured and active. */
    protected final HardwareDriver active() {
        final HardwareDriver driver = newDriver();
        driver.configure(robot());
        driver.activate();
        return driver;
    }
}
