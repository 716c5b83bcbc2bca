/**
 * Processes that a measurement starts and ends: {@link io.tendon.certify.process.ChildProcess} is any of them, {@link
 * io.tendon.certify.process.RobotRun} the whole robot. Each is called by the certificate's main thread.
 */
@NullMarked
package io.tendon.certify.process;

import org.jspecify.annotations.NullMarked;
