package io.tendon.bus.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.catalog.MessageLengths;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventTextTest {
    private final EventText text = new EventText();

    @Test
    void shouldEncodeAsTheJdkDoes() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            final StringBuilder any = new StringBuilder();
            for (int i = random.nextInt(100); i > 0; i--) {
                final int bits = 1 + random.nextInt(21);
                any.appendCodePoint(Math.min(random.nextInt(1 << bits), Character.MAX_CODE_POINT));
            }
            // The JDK, too, makes a question mark of half a surrogate pair.
            assertThat(encoded(any.toString()))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(any.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldCutBeforeTheCodePointThatDoesNotFit() {
        final int most = MessageLengths.MAX_EVENT_TEXT_BYTES;
        for (final String last : new String[] {"x", "\u00e9", "\u20ac", "\ud83e\udd16"}) {
            final int lastBytes = last.getBytes(StandardCharsets.UTF_8).length;
            for (int before = most - 5; before <= most; before++) {
                final String all = "a".repeat(before) + last + "tail";
                final String kept = before + lastBytes > most
                        ? "a".repeat(before)
                        : all.substring(0, Math.min(all.length(), before + last.length() + most - before - lastBytes));

                assertThat(new String(encoded(all), StandardCharsets.UTF_8)).isEqualTo(kept);

                final byte[] utf8 = all.getBytes(StandardCharsets.UTF_8);
                assertThat(new String(utf8, 0, EventText.cut(utf8, utf8.length), StandardCharsets.UTF_8))
                        .isEqualTo(kept);
            }
        }
    }

    @Test
    void shouldLeaveAShortTextWhole() {
        final byte[] utf8 = "\u20ac".getBytes(StandardCharsets.UTF_8);

        assertThat(EventText.cut(utf8, utf8.length)).isEqualTo(utf8.length);
        assertThat(EventText.cut(utf8, 0)).isZero();
        assertThat(encoded("")).isEmpty();
    }

    private byte[] encoded(final String line) {
        text.set(line);
        return java.util.Arrays.copyOf(text.bytes(), text.lengthBytes());
    }
}
