/**
 * Windows made again, from a recorded session: what each would have been with everything that is in the log.
 *
 * <pre>
 *   control.state -> LogWindows  (the very aligner, with nothing late) --+
 *                      +-> CycleGaps (lost at the writer, missed)        +-> Rewindow -> ComparedWindow -> text, JSON
 *   fusion.state  -> RunWindows  (what fusion said) ---------------------+
 *   fusion.event  -> UnseenSamples (what fusion was left behind by) -----+
 * </pre>
 *
 * <p>Read {@link io.tendon.fusion.rewindow.Rewindow} first. Offline: the only package of fusion that reads session-log, and
 * nothing of the node that runs reaches it. Main thread.
 */
@NullMarked
package io.tendon.fusion.rewindow;

import org.jspecify.annotations.NullMarked;
