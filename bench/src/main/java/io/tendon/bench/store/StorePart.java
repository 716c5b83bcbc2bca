package io.tendon.bench.store;

/** What can be measured by itself. */
public enum StorePart {
    /** Questions to a day of history. */
    RANGES,
    /** Nearest neighbours. */
    NEIGHBOURS,
    /** The same rows in SQLite and H2's MVStore. */
    ENGINES,
    /** Restart after kill -9. */
    RESTART,
    /** Recording beside a bare archive. */
    RECORDING,
    /** Publishing under load, indexing at a high rate, memory. */
    ROBOT;

    /** Whether it asks for the long history. */
    boolean needsDay() {
        return this == RANGES || this == ROBOT;
    }

    /** Whether it starts the installation's own commands. */
    boolean needsInstallation() {
        return this == RESTART || this == ROBOT;
    }
}
