/**
 * Two processes that talk: round trips one at a time, and messages one way as fast as they go. {@link
 * io.tendon.bench.ipc.IpcRig} starts both.
 */
@NullMarked
package io.tendon.bench.ipc;

import org.jspecify.annotations.NullMarked;
