package io.tendon.bus.catalog;

/**
 * How long a stream is recorded while the disk fills, from what goes first to what goes last. The order is that of the
 * declarations.
 */
public enum RecordingRank {
    /** Much of it, of which little is missed: images, embeddings. */
    BULK,
    /** What was made of other streams, and could be made of them again. */
    DERIVED,
    /** What the arm measured and was told, what happened, what people and programs asked. */
    ESSENTIAL
}
