package io.tendon.sessionlog.incident;

import java.util.Locale;

/** Why a range is kept. */
public enum IncidentCause {
    /** The arm was stopped and latched. */
    SAFETY_STOP,
    /** Control was kept from its cycles for long. */
    MISSED_DEADLINE,
    /** A process died and was started again. */
    NODE_DEATH,
    /** What was measured is not as it should be. */
    ANOMALY,
    /** A person asked for it. */
    OPERATOR;

    /** As it stands in names and tables: {@code safety-stop}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
