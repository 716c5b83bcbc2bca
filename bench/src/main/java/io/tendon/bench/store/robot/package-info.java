/**
 * A recorder as it ships, with writers in control's place: {@link io.tendon.bench.store.robot.RecorderRig} starts and ends
 * its process, the parts say what happens beside it.
 */
@NullMarked
package io.tendon.bench.store.robot;

import org.jspecify.annotations.NullMarked;
