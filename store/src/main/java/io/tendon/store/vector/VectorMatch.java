package io.tendon.store.vector;

/**
 * A vector that was found.
 *
 * @param similarity cosine of the angle to what was looked for, -1 to 1.
 * @param session in which it lies.
 * @param model in whose space.
 * @param entry what it stands for and where it comes from.
 */
public record VectorMatch(double similarity, String session, String model, VectorEntry entry) {}
