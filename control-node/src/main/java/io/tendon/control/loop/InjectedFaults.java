package io.tendon.control.loop;

import io.tendon.bus.RealTime;
import io.tendon.control.hardware.sim.FaultListener;
import io.tendon.control.link.ControlLink;
import org.jspecify.annotations.Nullable;

/**
 * Says on control.event which faults of the simulated arm begin. While the media driver is gone nothing can be said, and
 * what began meanwhile is said once another one is there. Made and given its link on the main thread before the loop
 * starts; then the control loop's thread owns it.
 */
public final class InjectedFaults implements FaultListener {
    private @Nullable ControlLink link;

    /** Says nothing before {@link #sayOn}. */
    public InjectedFaults() {}

    /**
     * From now on they are said.
     *
     * @param out of the loop that reads the arm.
     */
    public void sayOn(final ControlLink out) {
        link = out;
    }

    @Override
    @RealTime
    public boolean begun(final int joint, final double amount, final String fault) {
        final ControlLink out = link;
        if (out == null || out.isClosed()) {
            return false;
        }
        out.events().faultInjected(joint, amount, fault);
        return true;
    }
}
