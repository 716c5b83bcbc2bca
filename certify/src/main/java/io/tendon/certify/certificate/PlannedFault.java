package io.tendon.certify.certificate;

import io.tendon.certify.fault.Fault;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A fault that the certificate comes to. Immutable.
 *
 * @param fault makes it, new for each attempt.
 * @param forNs how long.
 * @param variant what tells it from the same fault done otherwise, behind its name; empty where there is none.
 * @param roles which lines of the verdict it counts for.
 * @param isQuick whether the short run has it.
 */
record PlannedFault(Supplier<Fault> fault, long forNs, String variant, Set<Role> roles, boolean isQuick) {
    /** Lines of the verdict. */
    enum Role {
        /** Control may be refused nothing and fusion may miss nothing. */
        LOSES_NOTHING,
        /** The stalls of the story. */
        STALL,
        /** Control's punctuality is judged: it lives, and nothing is done to it. */
        PUNCTUAL
    }

    PlannedFault(final Supplier<Fault> fault, final long forNs, final Set<Role> roles, final boolean isQuick) {
        this(fault, forNs, "", roles, isQuick);
    }

    /** The fault's name, and its variant. */
    String name() {
        try (Fault named = fault.get()) {
            return named.name() + variant;
        }
    }

    boolean has(final Role role) {
        return roles.contains(role);
    }
}
