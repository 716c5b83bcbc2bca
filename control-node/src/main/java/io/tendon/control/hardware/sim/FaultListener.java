package io.tendon.control.hardware.sim;

import io.tendon.bus.RealTime;

/** Is told when a fault of the simulated arm begins, by the control loop's thread, within the read that finds it. */
@FunctionalInterface
public interface FaultListener {
    /** For an arm whose faults nobody needs to know of. */
    FaultListener NONE = (joint, amount, fault) -> true;

    /**
     * A fault has begun.
     *
     * @param joint that it happens to, from 0 at the base; -1 of a kind that is of no joint.
     * @param amount how large it is, in the kind's unit; NaN of a kind that has no size.
     * @param fault as {@link SimulatedFault#parse} reads it, ASCII; the same object each time.
     * @return whether it was taken; one that was not is told of again with the next read, as long as it is there.
     */
    @RealTime
    boolean begun(int joint, double amount, String fault);
}
