/**
 * Windows by capture time: which samples of control belong together, and what is missing.
 *
 * <p>A {@link io.tendon.fusion.align.Window} is {@code [k * windowNs, (k + 1) * windowNs)} of the session's clock. It is
 * closed at its end plus a grace, whatever has arrived; a completeness mask says which of the expected samples did. What
 * comes later is counted, never used. Read {@link io.tendon.fusion.align.WindowAligner} first.
 *
 * <p>Called by {@code loop.FusionLoop} on fusion's one thread; knows neither the bus nor the codecs, and allocates
 * nothing after construction.
 */
@NullMarked
package io.tendon.fusion.align;

import org.jspecify.annotations.NullMarked;
