package io.tendon.bus.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickLogTest {
    private static final long PERIOD_NS = 1_000_000;
    private static final long START_NS = 1_700_000_000_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void shouldTellExecutedTicksFromMissedOnesAndFromThoseThatNobodyRan() {
        final Path file = directory.resolve("ticks");
        try (TickLog log = TickLog.open(file, PERIOD_NS, START_NS + 400_000, 100)) {
            log.executed(due(3), 0, 0);
            log.finished(due(3), 70_000);
            log.executed(due(7), 250_000, 2);
        }

        try (TickLogView view = new TickLogView(file)) {
            assertThat(view.periodNs()).isEqualTo(PERIOD_NS);
            assertThat(view.firstDueNs()).isEqualTo(START_NS);
            assertThat(view.isKnown(2)).isFalse();
            assertThat(view.isKnown(3)).isTrue();
            assertThat(view.isMissed(3)).isFalse();
            assertThat(view.latenessNs(3)).isZero();
            assertThat(view.durationNs(3)).isEqualTo(70_000);
            assertThat(view.isKnown(4)).isFalse();
            assertThat(view.isMissed(5)).isTrue();
            assertThat(view.latenessNs(5)).isEqualTo(2_250_000);
            assertThat(view.isMissed(6)).isTrue();
            assertThat(view.latenessNs(6)).isEqualTo(1_250_000);
            assertThat(view.isMissed(7)).isFalse();
            assertThat(view.latenessNs(7)).isEqualTo(250_000);
        }
    }

    @Test
    void shouldGoOnInTheSameFileInAnotherLife() {
        final Path file = directory.resolve("ticks");
        try (TickLog first = TickLog.open(file, PERIOD_NS, START_NS, 100)) {
            first.executed(due(1), 10, 0);
        }
        try (TickLog second = TickLog.open(file, PERIOD_NS, START_NS + 50 * PERIOD_NS, 100)) {
            second.executed(due(60), 20, 0);
        }
        try (TickLogView view = new TickLogView(file)) {
            assertThat(view.latenessNs(1)).isEqualTo(10);
            assertThat(view.latenessNs(60)).isEqualTo(20);
            assertThat(view.tickAt(due(60))).isEqualTo(60);
            assertThat(view.tickAt(due(60) + 1)).isEqualTo(61);
        }
    }

    @Test
    void shouldNotNoteWhatIsBeyondItsEnds() {
        final Path file = directory.resolve("ticks");
        try (TickLog log = TickLog.open(file, PERIOD_NS, START_NS, 10)) {
            log.executed(due(11), 5, 3);
            log.executed(due(-1), 5, 0);
            log.executed(due(1), 5, 4);
        }
        try (TickLogView view = new TickLogView(file)) {
            assertThat(view.isKnown(10)).isFalse();
            assertThat(view.isMissed(8)).isTrue();
            assertThat(view.latenessNs(9)).isEqualTo(2 * PERIOD_NS + 5);
            assertThat(view.isKnown(7)).isFalse();
            assertThat(view.isKnown(-1)).isFalse();
            assertThat(view.isMissed(0)).isTrue();
            assertThat(view.latenessNs(1)).isEqualTo(5);
        }
    }

    @Test
    void shouldRefuseAnotherPeriodAndAnotherFile() throws IOException {
        final Path file = directory.resolve("ticks");
        TickLog.open(file, PERIOD_NS, START_NS, 10).close();
        assertThatThrownBy(() -> TickLog.open(file, 2 * PERIOD_NS, START_NS, 10))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("1000000 ns apart, must be 2000000");

        assertThatThrownBy(() -> TickLog.open(file, PERIOD_NS, START_NS + 10 * PERIOD_NS, 10))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("has no room for ticks of this moment");

        final Path other = directory.resolve("other");
        Files.writeString(other, "x".repeat(100));
        assertThatThrownBy(() -> new TickLogView(other))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is no tick log");
    }

    private static long due(final long tick) {
        return START_NS + tick * PERIOD_NS;
    }
}
