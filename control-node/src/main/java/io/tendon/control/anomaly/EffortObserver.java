package io.tendon.control.anomaly;

import io.tendon.bus.RealTime;
import io.tendon.robot.Joint;

/**
 * Estimates the effort on one joint that nothing accounts for: a Kalman filter whose state is the joint's velocity and that
 * effort, which wanders. The velocity is predicted from the motor's effort, gravity, friction and what the wrist feels
 * (disturbance observer; De Luca and Mattone 2003 give the form by momentum), over the time that passed between two samples.
 *
 * <p>What the motor did while nothing was measured is not known, which makes the prediction uncertain by {@value
 * #UNSEEN_EFFORT_SHARE} of its greatest effort over that time: the next velocity is then believed for what it is, and says
 * nothing of the effort. So is that of a sample whose effort is no number, or more than any motor or wrist has. Owner: one
 * thread.
 */
@RealTime
final class EffortObserver {
    /** Standard deviation of what a motor may have done unseen, as a share of its greatest effort. */
    static final double UNSEEN_EFFORT_SHARE = 0.25;

    /** Of a measured velocity, rad/s or m/s. */
    private static final double VELOCITY_NOISE = 1e-3;

    /** Of a measured effort, as a share of the greatest. */
    private static final double EFFORT_NOISE_SHARE = 2e-3;

    /** How far the estimate may wander in a second, as a share of the greatest effort. */
    private static final double WANDERING_SHARE = 0.1;

    /** Times the greatest effort: what is more is no measurement. */
    private static final double MOST_EFFORT_TIMES = 1e4;

    /** Slower than this a joint may stick, rad/s or m/s. */
    private static final double STICTION_VELOCITY = 0.02;

    /** How long the estimate remembers that it did, s. */
    private static final double STICTION_MEMORY_S = 0.03;

    private final double maxEffort;
    private final double damping;
    private final double friction;
    private double velocity;
    private double external;
    private double motorEffort;
    private double knownEffort;
    private boolean isBlind;
    // Covariance of velocity and external effort.
    private double velocityVariance;
    private double covariance;
    private double externalVariance;
    private double stiction;

    EffortObserver(final Joint joint) {
        maxEffort = joint.limits().maxEffort();
        damping = joint.dampingPerVelocity();
        friction = joint.frictionEffort();
    }

    /** Begins anew: of the external effort nothing is known. */
    void restart(final double measuredVelocity, final double measuredEffort) {
        velocity = measuredVelocity;
        motorEffort = measuredEffort;
        knownEffort = 0;
        isBlind = false;
        external = 0;
        velocityVariance = VELOCITY_NOISE * VELOCITY_NOISE;
        covariance = 0;
        externalVariance = maxEffort * maxEffort;
        stiction = friction;
    }

    /**
     * Takes a sample.
     *
     * @param seenS time since the sample before in which the motor's effort is known, above 0.
     * @param unseenS the rest of it, from 0.
     * @param inertia that the joint feels, its motor's included, above 0.
     * @param known effort on the joint beside its motor's and friction, along its motion: of gravity and at the wrist.
     * @param uncertain standard deviation of that effort, N m or N, from 0.
     * @param measuredVelocity rad/s or m/s.
     * @param measuredEffort of the motor, N m or N; NaN when it was not measured.
     */
    void update(
            final double seenS,
            final double unseenS,
            final double inertia,
            final double known,
            final double uncertain,
            final double measuredVelocity,
            final double measuredEffort) {
        final double dt = seenS + unseenS;
        isBlind = !(inertia > 0
                && Math.abs(known) + uncertain + Math.abs(measuredEffort) < MOST_EFFORT_TIMES * maxEffort);
        if (isBlind) {
            believe(measuredVelocity, dt);
        } else {
            predict(seenS, unseenS, inertia, known, uncertain, measuredEffort);
            correct(measuredVelocity);
            motorEffort = measuredEffort;
            knownEffort = known;
        }
        stiction = Math.abs(velocity) < STICTION_VELOCITY ? friction : stiction * Math.exp(-dt / STICTION_MEMORY_S);
    }

    /** Nothing is predicted, and nothing learnt of the effort. */
    private void believe(final double measuredVelocity, final double dt) {
        velocity = measuredVelocity;
        velocityVariance = VELOCITY_NOISE * VELOCITY_NOISE;
        covariance = 0;
        externalVariance += wandering(dt);
    }

    private void predict(
            final double seenS,
            final double unseenS,
            final double inertia,
            final double known,
            final double uncertain,
            final double measuredEffort) {
        final double dt = seenS + unseenS;
        // A drive holds an effort until its next turn: what is measured now was given in the step that ends now.
        final double net = measuredEffort + known - frictionAt(velocity);
        velocity += (net + external) / inertia * dt;
        // What changed since the sample before may have done so at any time between.
        final double changed = Math.abs(measuredEffort - motorEffort) + Math.abs(known - knownEffort);
        final double seenNoise = EFFORT_NOISE_SHARE * maxEffort + changed / 2 + uncertain;
        final double unseenNoise = UNSEEN_EFFORT_SHARE * maxEffort;
        final double pushed = seenNoise * seenS / inertia;
        final double pushedUnseen = unseenNoise * unseenS / inertia;
        final double lever = dt / inertia;
        velocityVariance +=
                lever * (2 * covariance + lever * externalVariance) + pushed * pushed + pushedUnseen * pushedUnseen;
        covariance += lever * externalVariance;
        externalVariance += wandering(dt);
    }

    private void correct(final double measuredVelocity) {
        final double noise = VELOCITY_NOISE * VELOCITY_NOISE;
        final double gain = 1 / (velocityVariance + noise);
        final double innovation = measuredVelocity - velocity;
        velocity += velocityVariance * gain * innovation;
        external += covariance * gain * innovation;
        externalVariance = Math.max(0, externalVariance - covariance * gain * covariance);
        // The share that is left, and not the difference, of which rounding would leave anything when the prediction
        // was bad.
        final double left = noise * gain;
        covariance *= left;
        velocityVariance *= left;
    }

    private double wandering(final double dt) {
        return WANDERING_SHARE * maxEffort * (WANDERING_SHARE * maxEffort) * dt;
    }

    /**
     * Estimate of the effort along the joint's motion that nothing accounts for, N m or N; NaN when the last sample had no
     * effort that could be one.
     */
    double external() {
        return isBlind ? Double.NaN : external;
    }

    /** Standard deviation of {@link #external}. */
    double uncertainty() {
        return Math.sqrt(externalVariance);
    }

    /** Part of it that may be the friction of a joint that sticks, or just did, N m or N. */
    double stiction() {
        return stiction;
    }

    private double frictionAt(final double v) {
        return damping * v + friction * Math.max(-1, Math.min(1, v / STICTION_VELOCITY));
    }
}
