package io.tendon.persistence.retention;

/**
 * What was deleted to make room. Immutable; any thread.
 *
 * @param text in words.
 * @param bytes that it took.
 */
public record Deletion(String text, long bytes) {}
