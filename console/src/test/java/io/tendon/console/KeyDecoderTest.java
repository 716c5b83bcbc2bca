package io.tendon.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyDecoderTest {
    @ParameterizedTest
    @CsvSource({
        "[A, UP",
        "[B, DOWN",
        "[C, RIGHT",
        "[D, LEFT",
        "OA, UP",
        "OC, RIGHT",
        "[H, HOME",
        "[F, END",
        "[1~, HOME",
        "[4~, END",
        "[5~, PAGE_UP",
        "[6~, PAGE_DOWN",
        "[1;5C, RIGHT",
        "[3~, NO",
        "[15~, NO",
        "x, NO"
    })
    void shouldTellKeysFromEscapeSequences(final String sequence, final String key) throws IOException {
        final KeyDecoder decoder = decoder("\u001b" + sequence + "q");

        assertThat(decoder.next(1)).isEqualTo(key(key));
        assertThat(decoder.next(1)).isEqualTo('q');
    }

    @Test
    void shouldTellEscFromASequence() throws IOException {
        assertThat(decoder("\u001b").next(1)).isEqualTo(Console.KEY_ESC);
        assertThat(decoder("\u001b\u001b").next(1)).isEqualTo(Console.KEY_ESC);
    }

    @Test
    void shouldGiveCharactersAsTheyAreAndNoneWhenNoneCame() throws IOException {
        final KeyDecoder decoder = decoder("a?");

        assertThat(decoder.next(1)).isEqualTo('a');
        assertThat(decoder.next(1)).isEqualTo('?');
        assertThat(decoder.next(1)).isEqualTo(Console.NO_KEY);
    }

    @Test
    void shouldNotReadOnWithoutEndInABrokenSequence() throws IOException {
        assertThat(decoder("\u001b[" + "1".repeat(100)).next(1)).isEqualTo(Console.NO_KEY);
    }

    private static KeyDecoder decoder(final String typed) {
        final int[] next = {0};
        return new KeyDecoder(timeoutMs -> next[0] < typed.length() ? typed.charAt(next[0]++) : -2);
    }

    private static int key(final String name) {
        return switch (name) {
            case "UP" -> Console.KEY_UP;
            case "DOWN" -> Console.KEY_DOWN;
            case "LEFT" -> Console.KEY_LEFT;
            case "RIGHT" -> Console.KEY_RIGHT;
            case "HOME" -> Console.KEY_HOME;
            case "END" -> Console.KEY_END;
            case "PAGE_UP" -> Console.KEY_PAGE_UP;
            case "PAGE_DOWN" -> Console.KEY_PAGE_DOWN;
            default -> Console.NO_KEY;
        };
    }
}
