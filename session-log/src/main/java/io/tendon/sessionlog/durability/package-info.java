/**
 * What a recorder that was killed, or whose machine lost power, had not brought to the device, read from what it recorded of
 * itself: {@link io.tendon.sessionlog.durability.CutOff}. Any thread.
 */
@NullMarked
package io.tendon.sessionlog.durability;

import org.jspecify.annotations.NullMarked;
