package io.tendon.persistence.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.console.Console;
import io.tendon.console.Style;
import io.tendon.persistence.replay.ReplayAction;
import io.tendon.persistence.replay.ReplayProgress;
import io.tendon.persistence.replay.ReplaySpeed;
import org.junit.jupiter.api.Test;

/** What is shown of a replay, and what the keys mean. */
class ReplayScreenTextTest {
    private static final long S = 1_000_000_000L;

    @Test
    void shouldShowPlaceSpeedRateAndLateness() {
        final ReplayProgress progress = new ReplayProgress(
                62_300_000_000L, 120 * S, new ReplaySpeed(2), false, true, 77_000, 0, 2_470.4, 340_000);

        assertThat(ReplayScreenText.lines(progress, 22, false, Style.PLAIN))
                .containsExactly(
                        "==========---------- playing loop", "1:02.3 of 2:00.0  2.0x  2470 msg/s  late 0.3 ms  ? keys");
    }

    @Test
    void shouldSayWhatWasLostAndTheKeysWhenAsked() {
        final ReplayProgress progress = new ReplayProgress(0, 0, ReplaySpeed.UNPACED, true, false, 5, 7, 0, 0);

        assertThat(ReplayScreenText.lines(progress, 300, true, Style.PLAIN))
                .hasSize(2 + ReplayKeys.HELP.length)
                .anyMatch(line -> line.endsWith("paused"))
                .anyMatch(line -> line.contains("max") && line.contains("lost 7"))
                .anyMatch(line -> line.contains("q quit"));
    }

    @Test
    void shouldStepWithTheRightArrowOnlyWhileItStands() {
        assertThat(ReplayKeys.action(Console.KEY_RIGHT, true)).isEqualTo(ReplayAction.STEP);
        assertThat(ReplayKeys.action(Console.KEY_RIGHT, false)).isEqualTo(ReplayAction.FORWARD);
        assertThat(ReplayKeys.action(' ', false)).isEqualTo(ReplayAction.PAUSE_OR_RESUME);
        assertThat(ReplayKeys.action(Console.NO_KEY, false)).isNull();
        assertThat(ReplayKeys.action('x', false)).isNull();
    }
}
