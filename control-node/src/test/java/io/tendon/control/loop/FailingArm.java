package io.tendon.control.loop;

import io.tendon.control.hardware.HardwareDriver;
import io.tendon.control.hardware.HardwareException;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.RobotModel;
import org.jspecify.annotations.Nullable;

/** A driver that fails when it is told to. */
final class FailingArm implements HardwareDriver {
    private final HardwareDriver arm;
    private @Nullable String fault;
    private @Nullable RuntimeException surprise;

    FailingArm(final HardwareDriver arm) {
        this.arm = arm;
    }

    /** Reports a fault until it recovers. */
    void failWith(final String message) {
        fault = message;
    }

    /** Throws what no driver should, at each read. */
    void surpriseWith(final RuntimeException e) {
        surprise = e;
    }

    /** Works again. */
    void recover() {
        fault = null;
        surprise = null;
    }

    @Override
    public void configure(final RobotModel robot) {
        arm.configure(robot);
    }

    @Override
    public void activate() {
        check();
        arm.activate();
    }

    @Override
    public void read(final SensorFrame frame) {
        check();
        arm.read(frame);
    }

    @Override
    public void write(final JointCommand command) {
        arm.write(command);
    }

    @Override
    public void deactivate() {
        arm.deactivate();
    }

    @Override
    public String name() {
        return "failing";
    }

    private void check() {
        if (surprise != null) {
            throw surprise;
        }
        if (fault != null) {
            throw new HardwareException(fault);
        }
    }
}
