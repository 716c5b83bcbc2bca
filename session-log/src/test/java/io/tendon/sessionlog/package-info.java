/** Tests of sessions as a whole, and the recorded archives that all tests of this module read. */
@NullMarked
package io.tendon.sessionlog;

import org.jspecify.annotations.NullMarked;
