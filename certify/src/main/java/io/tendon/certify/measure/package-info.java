/**
 * From ticks to figures: {@link io.tendon.certify.measure.PhaseFigures} is what a stretch of a run came to, control's ticks
 * beside the witness's; {@link io.tendon.certify.measure.Losses}, {@link io.tendon.certify.measure.Recovery} and {@link
 * io.tendon.certify.measure.FaultVerdict} are what a fault did to a robot, for the certificate and for the command that
 * injects faults. On the main thread of either; mains that end in {@code Node} are processes of their own.
 */
@NullMarked
package io.tendon.certify.measure;

import org.jspecify.annotations.NullMarked;
