package io.tendon.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnsiTextTest {
    private static final Style COLOURED = new Style(true);

    @Test
    void shouldCountColumnsWithoutEscapes() {
        assertThat(AnsiText.columns("plain")).isEqualTo(5);
        assertThat(AnsiText.columns(COLOURED.red("plain") + "!")).isEqualTo(6);
        assertThat(AnsiText.columns("\u00b5s \u65e5\u672c")).isEqualTo(7);
    }

    @Test
    void shouldCutBehindTheWidthAndEndTheStyle() {
        assertThat(AnsiText.cut(COLOURED.red("abcdef"), 3)).isEqualTo("\u001b[1;31mabc\u001b[0m");
        assertThat(AnsiText.cut("abcdef", 3)).isEqualTo("abc");
        assertThat(AnsiText.cut("\u65e5\u672c", 3)).isEqualTo("\u65e5");
        assertThat(AnsiText.cut(COLOURED.red("abc"), 3)).isEqualTo(COLOURED.red("abc"));
    }

    @Test
    void shouldNotLetControlCharactersMoveTheCursor() {
        assertThat(AnsiText.cut("a\nb\tc\rd\u0007e\u001bf", 20)).isEqualTo("a b c d e f");
    }

    @Test
    void shouldFitToTheWidth() {
        assertThat(AnsiText.fit("ab", 4)).isEqualTo("ab  ");
        assertThat(AnsiText.fit("abcdef", 4)).isEqualTo("abcd");
        assertThat(AnsiText.columns(AnsiText.fit(COLOURED.green("abcdef"), 4))).isEqualTo(4);
    }

    @Test
    void shouldLeaveTextAsItIsWithoutColour() {
        assertThat(Style.PLAIN.red("a") + Style.PLAIN.bold("b") + Style.PLAIN.dim("c"))
                .isEqualTo("abc");
        assertThat(COLOURED.yellow("")).isEmpty();
    }
}
