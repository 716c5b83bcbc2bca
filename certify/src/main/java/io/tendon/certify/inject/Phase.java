package io.tendon.certify.inject;

import io.tendon.certify.measure.Losses;

/**
 * How the robot did before, during or after the fault. Immutable.
 *
 * @param name before, during or after.
 * @param durationNs of it, ns.
 * @param lateness of control's cycles that were due in it.
 * @param losses counted in it.
 */
record Phase(String name, long durationNs, Lateness lateness, Losses losses) {}
