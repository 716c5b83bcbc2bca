package io.tendon.console;

import java.io.IOException;

/** Makes keys of the characters that a terminal sends: an arrow comes as three of them. One owner thread. */
final class KeyDecoder {
    /** From an escape to the rest of its sequence; a person who presses Esc sends nothing for longer. */
    private static final long SEQUENCE_TIMEOUT_MS = 50;

    private static final int MAX_SEQUENCE_LENGTH = 16;
    private static final int ESCAPE = 27;

    private final Source source;

    /** Where characters come from. */
    @FunctionalInterface
    interface Source {
        /** The next character, or a negative number when none comes within the time, which is at least 1 ms. */
        int read(long timeoutMs) throws IOException;
    }

    KeyDecoder(final Source source) {
        this.source = source;
    }

    /**
     * The next key.
     *
     * @param timeoutMs to wait for it, at least 1.
     * @return a character, a key of {@link Console}, or {@link Console#NO_KEY} when none or an unknown one came.
     */
    int next(final long timeoutMs) throws IOException {
        final int first = source.read(timeoutMs);
        if (first != ESCAPE) {
            return Math.max(Console.NO_KEY, first);
        }
        final int second = source.read(SEQUENCE_TIMEOUT_MS);
        if (second < 0 || second == ESCAPE) {
            return Console.KEY_ESC;
        }
        return second == '[' || second == 'O' ? sequence() : Console.NO_KEY;
    }

    private int sequence() throws IOException {
        int number = 0;
        for (int i = 0; i < MAX_SEQUENCE_LENGTH; i++) {
            final int next = source.read(SEQUENCE_TIMEOUT_MS);
            if (next >= '0' && next <= '9') {
                number = number * 10 + next - '0';
            } else if (next == '~') {
                return numbered(number);
            } else if (next < 0 || next >= '@') {
                return lettered(next);
            }
        }
        return Console.NO_KEY;
    }

    private static int numbered(final int number) {
        return switch (number) {
            case 1, 7 -> Console.KEY_HOME;
            case 4, 8 -> Console.KEY_END;
            case 5 -> Console.KEY_PAGE_UP;
            case 6 -> Console.KEY_PAGE_DOWN;
            default -> Console.NO_KEY;
        };
    }

    private static int lettered(final int letter) {
        return switch (letter) {
            case 'A' -> Console.KEY_UP;
            case 'B' -> Console.KEY_DOWN;
            case 'C' -> Console.KEY_RIGHT;
            case 'D' -> Console.KEY_LEFT;
            case 'H' -> Console.KEY_HOME;
            case 'F' -> Console.KEY_END;
            default -> Console.NO_KEY;
        };
    }
}
