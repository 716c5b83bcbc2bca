/**
 * Tells from what the arm measures, and from what it was told, whether something is wrong with it. Each cycle's residuals,
 * how far the arm is from what a model expects, are held against what is allowed; the largest, as a multiple of that, is the
 * score.
 *
 * <p>A gap is no fault. What went on while nothing was measured is not known, so it counts for nothing: residuals are of time
 * that was seen, over the time that truly passed, and what is allowed grows with what was missed. What is seen again counts
 * in full at once, so a fault that begins in a gap is found behind it.
 *
 * <p>Pure functions of what was measured, without the bus; called by the control loop, on its thread.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.control.anomaly;
