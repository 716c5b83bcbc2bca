package io.tendon.control.loop;

import io.tendon.bus.RealTime;
import io.tendon.control.hardware.HardwareDriver;
import io.tendon.control.hardware.HardwareException;
import io.tendon.control.hardware.JointCommand;
import io.tendon.control.hardware.SensorFrame;
import io.tendon.control.safety.ReasonText;

/**
 * The driver, with its exceptions turned into a fault: after one, the driver is left alone until {@link #restart}. Owner:
 * the control loop's thread.
 */
final class ArmHardware {
    private final HardwareDriver driver;
    // Made once: a cycle must not allocate.
    private final HardwareException notANumber = new HardwareException(
            "a joint's measured position or velocity is not a number: must be finite; look at the encoders");
    private final SensorFrame frame;
    private final JointCommand command;
    private final ReasonText fault = new ReasonText();
    private boolean isLost;

    ArmHardware(final HardwareDriver driver, final int jointCount) {
        this.driver = driver;
        frame = new SensorFrame(jointCount);
        command = new JointCommand(jointCount);
    }

    /** Powers the arm and reads where it is. Throws what the driver throws. */
    void start() {
        driver.activate();
        driver.read(frame);
        if (!isFinite(frame.positions())) {
            throw notANumber;
        }
        isLost = false;
    }

    /** Powers the arm anew after a fault; whether that worked. May take a second. */
    boolean restart() {
        try {
            driver.deactivate();
            start();
        } catch (final HardwareException | IllegalStateException e) {
            lose(e);
        }
        return !isLost;
    }

    /** Reads the sensors; whether that worked. */
    @RealTime
    boolean read() {
        if (!isLost) {
            try {
                driver.read(frame);
                if (!isFinite(frame.positions()) || !isFinite(frame.velocities())) {
                    lose(notANumber);
                }
            } catch (final HardwareException e) {
                lose(e);
            }
        }
        return !isLost;
    }

    /** Writes the command; whether that worked. */
    @RealTime
    boolean write() {
        if (!isLost) {
            try {
                driver.write(command);
            } catch (final HardwareException e) {
                lose(e);
            }
        }
        return !isLost;
    }

    /** Brakes the arm and takes the power off. */
    void stop() {
        driver.deactivate();
    }

    /** What was measured last; live. */
    SensorFrame frame() {
        return frame;
    }

    /** What is written next; live. */
    JointCommand command() {
        return command;
    }

    /** What the driver reported when it was lost. */
    ReasonText fault() {
        return fault;
    }

    private void lose(final RuntimeException e) {
        isLost = true;
        fault.clear().append(String.valueOf(e.getMessage()));
    }

    @RealTime
    private static boolean isFinite(final double[] values) {
        for (final double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
