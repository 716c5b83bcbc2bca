/**
 * A person's terminal: text that is redrawn in place, single keys, and nothing left behind. Read {@link
 * io.tendon.console.Console} first; {@link io.tendon.console.Style} colours what it shows.
 *
 * <p>Knows nothing of robots. Used by the launcher and by commands, on a thread of theirs; never by control, fusion or
 * the bus.
 */
@NullMarked
package io.tendon.console;

import org.jspecify.annotations.NullMarked;
