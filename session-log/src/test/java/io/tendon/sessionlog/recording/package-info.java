/** Tests of this package, on real recordings. */
@NullMarked
package io.tendon.sessionlog.recording;

import org.jspecify.annotations.NullMarked;
