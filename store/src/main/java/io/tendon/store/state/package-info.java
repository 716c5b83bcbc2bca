/**
 * What is known now: the last message of each type on each stream, and what was put under keys, such as a calibration.
 * One map for all sessions of a data directory, in a Chronicle Map of fixed size.
 *
 * <pre>
 *   recording -> Indexer -> StateIndex --commit--> StateStore -> StateMap -> state.chm
 *                                                      |
 *                                                      +------> state.seal   while nobody has the map open
 * </pre>
 *
 * <p>Read {@link io.tendon.store.state.StateStore} first. {@link io.tendon.store.state.StateIndex} feeds it with one
 * session, {@link io.tendon.store.state.StateCatchUp} with all that are on the disk, {@link
 * io.tendon.store.state.StateOpening} does both where nobody waits. {@link io.tendon.store.state.LoggedState} gives the
 * same answers from the recordings alone. Which thread may do what stands at each.
 */
@NullMarked
package io.tendon.store.state;

import org.jspecify.annotations.NullMarked;
