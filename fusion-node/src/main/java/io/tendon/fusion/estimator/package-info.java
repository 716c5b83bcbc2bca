/**
 * Where the arm is at the end of a window: one Kalman filter over position and velocity of every joint.
 *
 * <p>Read {@link io.tendon.fusion.estimator.JointEstimator} first. Called by {@code loop.FusionLoop} on fusion's one
 * thread, once a closed window; knows neither the bus nor the codecs, and allocates nothing after construction.
 */
@NullMarked
package io.tendon.fusion.estimator;

import org.jspecify.annotations.NullMarked;
