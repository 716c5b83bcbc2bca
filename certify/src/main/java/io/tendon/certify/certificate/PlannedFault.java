package io.tendon.certify.certificate;

import io.tendon.certify.fault.Fault;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A fault that the certificate comes to. Immutable.
 *
 * @param fault makes it, new for each attempt.
 * @param forNs how long.
 * @param roles which lines of the verdict it counts for.
 * @param isQuick whether the short run has it.
 */
record PlannedFault(Supplier<Fault> fault, long forNs, Set<Role> roles, boolean isQuick) {
    /** Lines of the verdict. */
    enum Role {
        /** Control may be refused nothing and fusion may miss nothing. */
        LOSES_NOTHING,
        /** The stalls of the story. */
        STALL,
        /** Control's punctuality is judged: it lives, and nothing is done to it. */
        PUNCTUAL
    }

    /** The fault's name. */
    String name() {
        try (Fault named = fault.get()) {
            return named.name();
        }
    }

    boolean has(final Role role) {
        return roles.contains(role);
    }
}
