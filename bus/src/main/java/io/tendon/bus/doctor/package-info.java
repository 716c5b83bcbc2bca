/**
 * What a machine is like as a home for a real-time loop. {@link io.tendon.bus.doctor.Doctor#examine} is the way in and
 * the list of what is looked at; {@link io.tendon.bus.doctor.Machine} is what is examined, with a root directory of its
 * own in tests; each {@code XxxChecks} looks at one side of it. Only reads; commands and reports, never a loop.
 */
@NullMarked
package io.tendon.bus.doctor;

import org.jspecify.annotations.NullMarked;
