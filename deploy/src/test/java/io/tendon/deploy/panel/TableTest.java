package io.tendon.deploy.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.console.Style;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<Table.Column> COLUMNS =
            List.of(Table.Column.text("NAME", 6, 0), Table.Column.number("A", 3, 2), Table.Column.number("B", 3, 1));

    @Test
    void shouldAlignTextLeftAndNumbersRight() {
        assertThat(new Table(COLUMNS).row("x", "1", "22").lines(80, Style.PLAIN))
                .containsExactly("NAME     A   B", "x        1  22");
    }

    @Test
    void shouldWidenAColumnForItsWidestCell() {
        assertThat(new Table(COLUMNS)
                        .row("x", "12345", "2")
                        .row("y", new Style(true).red("1"), "3")
                        .lines(80, Style.PLAIN))
                .containsExactly("NAME       A   B", "x      12345   2", "y          \u001b[1;31m1\u001b[0m   3");
    }

    @Test
    void shouldLeaveOutTheLeastImportantColumnsWhereItIsNarrow() {
        final Table table = new Table(COLUMNS).row("x", "1", "2");

        assertThat(table.lines(14, Style.PLAIN)).containsExactly("NAME     A   B", "x        1   2");
        assertThat(table.lines(13, Style.PLAIN)).containsExactly("NAME     B", "x        2");
        assertThat(table.lines(3, Style.PLAIN)).containsExactly("NAME", "x");
    }

    @Test
    void shouldRefuseARowOfAnotherLength() {
        assertThatThrownBy(() -> new Table(COLUMNS).row("x")).hasMessage("1 cells, must be 3");
    }
}
