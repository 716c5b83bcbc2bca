/** Tests of the repair of sessions. */
@NullMarked
package io.tendon.sessionlog.repair;

import org.jspecify.annotations.NullMarked;
