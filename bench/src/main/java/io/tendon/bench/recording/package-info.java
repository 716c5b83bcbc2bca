/**
 * How fast messages get from a writer's process onto the disk: {@link io.tendon.bench.recording.RecordingRig}.
 */
@NullMarked
package io.tendon.bench.recording;

import org.jspecify.annotations.NullMarked;
