package io.tendon.fusion.inference;

import io.tendon.bus.RealTime;
import io.tendon.fusion.align.Window;
import io.tendon.fusion.estimator.JointEstimator;

/** Is shown every window once all of it has been decided and said. Fusion's thread, in its loop. */
@RealTime
public interface WindowListener {
    /** Looks at nothing: no model. */
    WindowListener NONE = new WindowListener() {
        @Override
        public void onWindow(final Window window, final JointEstimator estimate, final long nowNs) {}

        @Override
        public void doWork(final long nowNs) {}
    };

    /**
     * Is shown a window.
     *
     * @param window closed; valid during the call.
     * @param estimate at its end; valid during the call.
     * @param nowNs ns since the epoch.
     */
    void onWindow(Window window, JointEstimator estimate, long nowNs);

    /**
     * Says what there is to say; once a wake, after its windows.
     *
     * @param nowNs ns since the epoch.
     */
    void doWork(long nowNs);
}
