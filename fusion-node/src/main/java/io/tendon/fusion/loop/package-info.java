/**
 * The order of a window, and nothing else: {@link io.tendon.fusion.loop.FusionLoop}. One thread, soft real time.
 */
@NullMarked
package io.tendon.fusion.loop;

import org.jspecify.annotations.NullMarked;
