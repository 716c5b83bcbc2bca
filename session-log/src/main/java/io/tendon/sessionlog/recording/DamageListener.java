package io.tendon.sessionlog.recording;

/** Is told of each damaged range while a recording is read, on the reader's thread. */
@FunctionalInterface
public interface DamageListener {
    /** For readers that only look for a place. */
    DamageListener IGNORED = damage -> {};

    /**
     * A range cannot be read and was skipped.
     *
     * @param damage what and where.
     */
    void onDamage(Damage damage);
}
