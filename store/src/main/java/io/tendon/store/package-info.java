/**
 * What is known of what was said: indices that are built behind the recording, one session's each, and that can be thrown
 * away and built again. The recording is the truth.
 *
 * <pre>
 *   recording -> Indexer, by position of each writer's log -> history  time series and events as columns, SQL
 *                                                          -> state    what was said last, by key, over all sessions
 *                                                          -> vector   what is near to what
 * </pre>
 *
 * <p>Read {@link io.tendon.store.Indexer} first. An {@link io.tendon.store.Index} stores the positions up to which it was
 * fed in one transaction with what it made of the messages before them, so that a crash at any instruction neither loses
 * nor doubles anything. All of it runs on the thread that opened it; nothing here is called by who writes the recording.
 */
@NullMarked
package io.tendon.store;

import org.jspecify.annotations.NullMarked;
