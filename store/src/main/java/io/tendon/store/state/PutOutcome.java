package io.tendon.store.state;

/** What became of a value. */
enum PutOutcome {
    /** It is what is known now. */
    STORED,
    /** What is known is later, or the same. */
    OLDER,
    /** The map has as many keys as it may, and this is none of them. */
    FULL,
    /** Another key has the same hash. */
    COLLISION
}
