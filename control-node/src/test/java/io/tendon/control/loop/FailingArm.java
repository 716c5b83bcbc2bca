package io.tendon.control.loop;

import io.tendon.control.hardware.HardwareDriver;
import io.tendon.control.hardware.HardwareException;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.robot.RobotModel;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A driver that fails, or takes its time, when it is told to. */
final class FailingArm implements HardwareDriver {
    private final HardwareDriver arm;
    private @Nullable String fault;
    private boolean isBlind;
    private Runnable onRead = () -> {};
    private Runnable onWrite = () -> {};
    // Set by the test's thread, read by the loop's.
    private volatile @Nullable RuntimeException surprise;
    private final AtomicInteger surprises = new AtomicInteger();
    private volatile boolean isActive;

    FailingArm(final HardwareDriver arm) {
        this.arm = arm;
    }

    /** Reports a fault until it recovers. */
    void failWith(final String message) {
        fault = message;
    }

    /** Does something at each read and write, such as letting time pass. */
    void doMeanwhile(final Runnable atRead, final Runnable atWrite) {
        onRead = atRead;
        onWrite = atWrite;
    }

    /** Measures nothing that is a number. */
    void goBlind() {
        isBlind = true;
    }

    /** Throws what no driver should, at so many reads. */
    void surpriseWith(final RuntimeException e, final int times) {
        surprises.set(times);
        surprise = e;
    }

    /** Whether the motors are powered. */
    boolean isActive() {
        return isActive;
    }

    /** Works again. */
    void recover() {
        fault = null;
        surprises.set(0);
    }

    @Override
    public void configure(final RobotModel robot) {
        arm.configure(robot);
    }

    @Override
    public void activate() {
        check();
        arm.activate();
        isActive = true;
    }

    @Override
    public void read(final SensorFrame frame) {
        check();
        onRead.run();
        arm.read(frame);
        if (isBlind) {
            frame.positions()[2] = Double.NaN;
        }
    }

    @Override
    public void write(final JointCommand command) {
        onWrite.run();
        arm.write(command);
    }

    @Override
    public void deactivate() {
        arm.deactivate();
        isActive = false;
    }

    @Override
    public String name() {
        return "failing";
    }

    private void check() {
        final RuntimeException thrown = surprise;
        if (thrown != null && surprises.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw thrown;
        }
        if (fault != null) {
            throw new HardwareException(fault);
        }
    }
}
