package io.tendon.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScreenRegionTest {
    private final ScreenRegion region = new ScreenRegion();

    @Test
    void shouldDrawOverWhatItDrewWhenLinesBecomeShorterAndFewer() {
        final FakeScreen screen = new FakeScreen(20, 8);
        screen.write("before\r\n");

        screen.write(region.draw(List.of("a long line", "another one", "third"), 20, 8));
        assertThat(screen.text()).isEqualTo("before\na long line\nanother one\nthird");
        screen.write(region.draw(List.of("short", "x"), 20, 8));

        assertThat(screen.text()).isEqualTo("before\nshort\nx");
    }

    @Test
    void shouldCutToTheScreen() {
        final FakeScreen screen = new FakeScreen(5, 3);

        for (int i = 0; i < 3; i++) {
            screen.write(region.draw(List.of("exact", "wider than it", "3", "4", "5"), 5, 3));
        }

        assertThat(screen.text()).isEqualTo("exact\nwider\n3");
    }

    @Test
    void shouldBeginAgainWhenTheScreenWasResized() {
        region.draw(List.of("one", "two"), 20, 8);
        final FakeScreen resized = new FakeScreen(10, 4);
        resized.write("twisted\r\nold\r\nlines\r\nhere");

        resized.write(region.draw(List.of("one", "two"), 10, 4));

        assertThat(resized.text()).isEqualTo("one\ntwo");
    }

    @Test
    void shouldShowTheCursorAgainUnderWhatWasDrawn() {
        final FakeScreen screen = new FakeScreen(20, 8);

        screen.write(region.draw(List.of("one", "two"), 20, 8));
        assertThat(screen.isCursorShown()).isFalse();
        screen.write(region.leave());
        screen.write("prompt");

        assertThat(screen.isCursorShown()).isTrue();
        assertThat(screen.text()).isEqualTo("one\ntwo\nprompt");
        assertThat(region.leave()).isEmpty();
    }

    @Test
    void shouldShowExactlyTheLatestLinesWhateverCameBefore() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final FakeScreen screen = new FakeScreen(12, 6);

        for (int i = 0; i < 300; i++) {
            final List<String> lines = new ArrayList<>();
            final int count = random.nextInt(9);
            for (int line = 0; line < count; line++) {
                final String text = Character.toString('a' + random.nextInt(26)).repeat(1 + random.nextInt(15));
                lines.add(new Style(random.nextBoolean()).red(text));
            }
            screen.write(region.draw(lines, 12, 6));

            final List<String> expected = lines.stream()
                    .limit(6)
                    .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                    .map(line -> line.substring(0, Math.min(12, line.length())))
                    .toList();
            assertThat(lastLines(screen, Math.max(1, expected.size())))
                    .as("seed " + seed + ", drawing " + i)
                    .isEqualTo(String.join("\n", expected));
        }
    }

    /** The rows down to the cursor, and nothing may stand below it. */
    private static String lastLines(final FakeScreen screen, final int count) {
        final List<String> lines = new ArrayList<>(List.of(screen.text().split("\n", -1)));
        while (lines.size() <= screen.row()) {
            lines.add("");
        }
        return String.join("\n", lines.subList(screen.row() + 1 - count, lines.size()));
    }
}
