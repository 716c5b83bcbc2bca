/**
 * Makes room: deletes what is oldest of a data directory, segment by segment and never what is kept, when it is older, larger
 * or leaves less free than was asked for. On a thread of its own, in one process at a time. Read
 * {@link io.tendon.persistence.retention.Retention} first.
 */
@NullMarked
package io.tendon.persistence.retention;

import org.jspecify.annotations.NullMarked;
