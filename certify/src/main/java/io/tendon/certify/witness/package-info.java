/**
 * What the machine does to the control core, tick by tick: {@link io.tendon.certify.witness.WitnessNode} is a process of
 * its own, {@link io.tendon.certify.witness.WitnessProcess} starts and ends it. Read the first.
 */
@NullMarked
package io.tendon.certify.witness;

import org.jspecify.annotations.NullMarked;
