package io.tendon.sessionlog.verify;

/**
 * Sequence numbers of one writer's life.
 *
 * @param first of them.
 * @param last of them, not less than {@code first}.
 */
public record SequenceRange(long first, long last) {
    /** How many. */
    public long count() {
        return last - first + 1;
    }

    /** For a person: how many messages, and which. */
    String text() {
        return count() == 1
                ? "1 message (sequence " + first + ")"
                : count() + " messages (sequences " + first + " to " + last + ")";
    }
}
