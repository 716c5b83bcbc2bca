/**
 * The design that the story tells of, as a program of its own to measure beside Tendon: one JVM in which control, fusion,
 * the log's flush and the index's flush share a pool of two threads. {@link io.tendon.certify.rig.SharedPoolRig} is its
 * main.
 */
@NullMarked
package io.tendon.certify.rig;

import org.jspecify.annotations.NullMarked;
