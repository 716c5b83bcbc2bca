/**
 * Vectors of windows of sensor data, computed without a learned model: what stood, moved, worked and pushed, as shares of
 * what the robot can do. Same posture and same movement lie near to each other.
 *
 * <p>Read {@link io.tendon.store.vector.window.WindowFeatures} first, which says what each element is; {@link
 * io.tendon.store.vector.window.WindowEmbedder} runs over a session. Called by `persistence-node embed`, on its thread.
 */
@NullMarked
package io.tendon.store.vector.window;

import org.jspecify.annotations.NullMarked;
