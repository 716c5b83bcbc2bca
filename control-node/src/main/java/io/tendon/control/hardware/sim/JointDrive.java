package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;
import io.tendon.robot.Joint;
import io.tendon.robot.JointLimits;
import io.tendon.robot.JointType;

/**
 * One simulated joint: a servo (PID on position with the commanded velocity fed forward), a motor that saturates, the
 * inertia that the joint feels, viscous and Coulomb friction, gravity, and hard stops behind the position limits. When no
 * command comes the servo goes on with the last velocity for {@value #HOLD_OVER_S} s, then brakes, as drives on a field
 * bus do. Owner: the control loop's thread.
 */
@RealTime
final class JointDrive {
    /** How long a command's velocity is carried on, s. */
    static final double HOLD_OVER_S = 0.02;

    /** Numbers that it saves. */
    static final int STATE_LENGTH = 8;

    private static final double BANDWIDTH_RAD_PER_S = 80;
    private static final double DAMPING_RATIO = 1;
    private static final double INTEGRAL_SHARE = 0.25;
    // The motor's effort begins to fade at its rated speed and is gone at this multiple of it.
    private static final double NO_LOAD_SPEED = 1.3;
    private static final double STOP_BEHIND_LIMIT = 0.02;
    private static final double AMBIENT_CELSIUS = 25;
    private static final double COOLING_S = 600;
    private static final double FULL_EFFORT_RISE_CELSIUS = 80;

    private final JointLimits limits;
    private final double damping;
    private final double friction;
    private final double lowerStop;
    private final double upperStop;
    private final double deadband;
    private final double rotorInertia;
    private double position;
    private double velocity;
    private double effort;
    private double integralEffort;
    private double temperatureCelsius = AMBIENT_CELSIUS;
    private double commandPosition;
    private double commandVelocity;
    private double commandAgeS;

    /**
     * At rest at a position.
     *
     * @param joint that is simulated.
     * @param startPosition rad or m.
     * @param encoderStep below which the servo does not integrate, rad or m.
     */
    JointDrive(final Joint joint, final double startPosition, final double encoderStep) {
        limits = joint.limits();
        damping = joint.dampingPerVelocity();
        friction = joint.frictionEffort();
        final boolean isEndless = joint.type() == JointType.CONTINUOUS;
        lowerStop = isEndless ? Double.NEGATIVE_INFINITY : limits.lowerPosition() - STOP_BEHIND_LIMIT;
        upperStop = isEndless ? Double.POSITIVE_INFINITY : limits.upperPosition() + STOP_BEHIND_LIMIT;
        deadband = 2 * encoderStep;
        rotorInertia = limits.rotorInertia();
        position = startPosition;
    }

    /** The brake is opened while the motor already holds the load. */
    void activate(final double loadEffort) {
        velocity = 0;
        integralEffort = clamp(loadEffort, limits.maxEffort());
        command(position, 0);
    }

    /** The brake closes. */
    void brake() {
        velocity = 0;
        effort = 0;
    }

    /** Takes a command: position in rad or m, velocity in rad/s or m/s. */
    void command(final double newPosition, final double newVelocity) {
        commandPosition = newPosition;
        commandVelocity = newVelocity;
        commandAgeS = 0;
    }

    /**
     * Goes on by a step, semi-implicitly, with the rotor's inertia added to the arm's.
     *
     * @param stepS length, above 0, at most 0.001.
     * @param armInertia kg m2 or kg that the joint feels of the arm.
     * @param loadEffort that it takes to hold the arm against gravity and contact, N m or N.
     */
    void step(final double stepS, final double armInertia, final double loadEffort) {
        step(stepS, armInertia, loadEffort, 0, false);
    }

    /**
     * Likewise, with something wrong.
     *
     * @param frictionShare Coulomb friction beside its own, as a share of the greatest effort, from 0.
     * @param isStuck whether it cannot move.
     */
    void step(
            final double stepS,
            final double armInertia,
            final double loadEffort,
            final double frictionShare,
            final boolean isStuck) {
        final double inertia = armInertia + rotorInertia;
        commandAgeS += stepS;
        final boolean isCarriedOn = commandAgeS <= HOLD_OVER_S;
        final double wantedPosition = commandPosition + commandVelocity * Math.min(commandAgeS, HOLD_OVER_S);
        final double wantedVelocity = isCarriedOn ? commandVelocity : 0;
        effort = servo(stepS, inertia, wantedPosition - position, wantedVelocity - velocity);
        double v = velocity + (effort - loadEffort) / inertia * stepS;
        v /= 1 + damping * stepS / inertia;
        final double coulomb = (friction + frictionShare * limits.maxEffort()) * stepS / inertia;
        v = isStuck || Math.abs(v) <= coulomb ? 0 : v - Math.copySign(coulomb, v);
        velocity = v;
        position += v * stepS;
        if (position < lowerStop || position > upperStop) {
            position = Math.max(lowerStop, Math.min(upperStop, position));
            velocity = 0;
        }
        final double load = effort / limits.maxEffort();
        temperatureCelsius +=
                stepS / COOLING_S * (FULL_EFFORT_RISE_CELSIUS * load * load - (temperatureCelsius - AMBIENT_CELSIUS));
    }

    double position() {
        return position;
    }

    double velocity() {
        return velocity;
    }

    double effort() {
        return effort;
    }

    double temperatureCelsius() {
        return temperatureCelsius;
    }

    void save(final StateVector state) {
        state.put(position);
        state.put(velocity);
        state.put(effort);
        state.put(integralEffort);
        state.put(temperatureCelsius);
        state.put(commandPosition);
        state.put(commandVelocity);
        state.put(commandAgeS);
    }

    void restore(final StateVector state) {
        position = state.take();
        velocity = state.take();
        effort = state.take();
        integralEffort = state.take();
        temperatureCelsius = state.take();
        commandPosition = state.take();
        commandVelocity = state.take();
        commandAgeS = state.take();
    }

    private double servo(
            final double stepS, final double inertia, final double positionError, final double velocityError) {
        final double stiffness = inertia * BANDWIDTH_RAD_PER_S * BANDWIDTH_RAD_PER_S;
        final double wanted = stiffness * positionError
                + 2 * DAMPING_RATIO * inertia * BANDWIDTH_RAD_PER_S * velocityError
                + integralEffort;
        final double given = saturated(wanted);
        if (given == wanted && Math.abs(positionError) > deadband) {
            integralEffort = clamp(
                    integralEffort + INTEGRAL_SHARE * stiffness * BANDWIDTH_RAD_PER_S * positionError * stepS,
                    limits.maxEffort());
        }
        return given;
    }

    private double saturated(final double wanted) {
        final double rated = limits.maxVelocity();
        final double speed = Math.copySign(1, wanted) * velocity;
        final double share = Math.max(0, Math.min(1, (NO_LOAD_SPEED * rated - speed) / ((NO_LOAD_SPEED - 1) * rated)));
        return clamp(wanted, limits.maxEffort() * share);
    }

    private static double clamp(final double effort, final double most) {
        return Math.max(-most, Math.min(most, effort));
    }
}
