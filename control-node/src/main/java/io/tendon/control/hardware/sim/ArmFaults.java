package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;
import io.tendon.bus.config.ConfigException;
import java.util.Arrays;
import java.util.List;

/** What is wrong with the simulated arm at the moment. Allocates nothing after construction. Owner: the control loop's thread. */
@RealTime
final class ArmFaults {
    private static final double NANO = 1e-9;
    private static final long BEFORE_ALL = -1;

    /** Slower than this the tool has no direction in which it could run into something, m/s. */
    private static final double LEAST_SPEED_M_PER_S = 0.01;

    /** Of what is run into, as a share of its stiffness, s. */
    private static final double DAMPING_S = 0.002;

    private final SimulatedFault[] faults;
    private final FaultListener listener;
    // Written once: a cycle must not allocate.
    private final String[] texts;
    private final boolean[] told;
    private final double[] frictionShares;
    private final double[] encoderOffsets;
    private final boolean[] stuck;
    private final double[] wallPointM = new double[3];
    private final double[] wallNormal = new double[3];
    private final double[] forceN = new double[3];
    private double payloadKg;
    private double biasN;
    private boolean isFrozen;
    private boolean isColliding;
    private boolean hasWall;
    private double stiffnessNPerM;

    /**
     * Nothing is wrong yet.
     *
     * @param faults that come.
     * @param jointCount of the arm.
     * @param listener is told of each once, in the {@link #update} that finds it.
     * @throws ConfigException when one is of a joint that the arm does not have.
     */
    ArmFaults(final List<SimulatedFault> faults, final int jointCount, final FaultListener listener) {
        for (final SimulatedFault fault : faults) {
            if (fault.joint() >= jointCount) {
                throw new ConfigException(
                        "sim-fault", fault, "joint must be 0 to " + (jointCount - 1), "the arm has no other");
            }
        }
        this.faults = faults.toArray(SimulatedFault[]::new);
        this.listener = listener;
        texts = faults.stream().map(SimulatedFault::toString).toArray(String[]::new);
        told = new boolean[texts.length];
        frictionShares = new double[jointCount];
        encoderOffsets = new double[jointCount];
        stuck = new boolean[jointCount];
        // What the classes need to be loaded for is loaded now, and not in the cycle in which the first one begins.
        for (final SimulatedFault fault : faults) {
            apply(fault, fault.onsetNs());
        }
        update(BEFORE_ALL);
    }

    /** Goes on to a time, ns since the arm was first powered, and tells of what begins. */
    void update(final long timeNs) {
        Arrays.fill(frictionShares, 0);
        Arrays.fill(encoderOffsets, 0);
        Arrays.fill(stuck, false);
        payloadKg = 0;
        biasN = 0;
        isFrozen = false;
        isColliding = false;
        for (int i = 0; i < faults.length; i++) {
            final SimulatedFault fault = faults[i];
            if (isPresent(fault, timeNs)) {
                apply(fault, timeNs);
                if (!told[i]) {
                    told[i] = listener.begun(fault.joint(), fault.amount(), texts[i]);
                }
            }
        }
        hasWall &= isColliding;
    }

    private static boolean isPresent(final SimulatedFault fault, final long timeNs) {
        return fault.isActive(timeNs) || (fault.kind() == FaultKind.ENCODER_DRIFT && timeNs >= fault.onsetNs());
    }

    private void apply(final SimulatedFault fault, final long timeNs) {
        switch (fault.kind()) {
            case COLLISION -> {
                isColliding = true;
                stiffnessNPerM = fault.amount();
            }
            case PAYLOAD -> payloadKg += fault.amount();
            case FRICTION -> frictionShares[fault.joint()] += fault.amount();
            case ENCODER_DRIFT ->
                encoderOffsets[fault.joint()] +=
                        // Where it drifted to it stays.
                        fault.amount() * Math.min(timeNs - fault.onsetNs(), fault.durationNs()) * NANO;
            case STUCK_JOINT -> stuck[fault.joint()] = true;
            case SENSOR_FREEZE -> isFrozen = true;
            case FORCE_BIAS -> biasN += fault.amount();
        }
    }

    /**
     * Pushes against the tool where it runs into something.
     *
     * @param tool where it is and how it moves.
     * @return force on the tool in the base frame, N; live.
     */
    double[] push(final ToolMotion tool) {
        Arrays.fill(forceN, 0);
        final double[] p = tool.tip().positionM();
        final double[] v = tool.velocityMPerS();
        final double speedMPerS = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        if (isColliding && !hasWall && speedMPerS > LEAST_SPEED_M_PER_S) {
            hasWall = true;
            for (int k = 0; k < 3; k++) {
                wallPointM[k] = p[k];
                wallNormal[k] = -v[k] / speedMPerS;
            }
        }
        if (hasWall) {
            double depthM = 0;
            double approachMPerS = 0;
            for (int k = 0; k < 3; k++) {
                depthM += (wallPointM[k] - p[k]) * wallNormal[k];
                approachMPerS -= v[k] * wallNormal[k];
            }
            final double pushN = depthM <= 0 ? 0 : Math.max(0, stiffnessNPerM * (depthM + DAMPING_S * approachMPerS));
            for (int k = 0; k < 3; k++) {
                forceN[k] = pushN * wallNormal[k];
            }
        }
        return forceN;
    }

    /** Carried beside what the gripper holds, kg. */
    double payloadKg() {
        return payloadKg;
    }

    /** Coulomb friction of a joint beside its own, as a share of its greatest effort. */
    double frictionShare(final int joint) {
        return frictionShares[joint];
    }

    /** What the encoder of a joint says too much, rad or m. */
    double encoderOffset(final int joint) {
        return encoderOffsets[joint];
    }

    /** Whether a joint cannot move. */
    boolean isStuck(final int joint) {
        return stuck[joint];
    }

    /** Whether the sensors say nothing new. */
    boolean isFrozen() {
        return isFrozen;
    }

    /** What the wrist sensor says too much along the tool's z axis, N. */
    double biasN() {
        return biasN;
    }
}
