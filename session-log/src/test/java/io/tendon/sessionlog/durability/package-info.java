/** Tests of what was not on the device when a session was cut off. */
@NullMarked
package io.tendon.sessionlog.durability;

import org.jspecify.annotations.NullMarked;
