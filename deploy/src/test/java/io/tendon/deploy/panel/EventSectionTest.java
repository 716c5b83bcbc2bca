package io.tendon.deploy.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.console.Style;
import io.tendon.deploy.figures.SampleFigures;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventSectionTest {
    @Test
    void shouldShowTheLatestThatThereIsRoomFor() {
        assertThat(lines(true, true, 3))
                .containsExactly(
                        "EVENTS, all",
                        "00:00:03.000 control     DEADLINE_MISSED  number 3",
                        "00:00:04.000 fusion      TASK_STEP_CHANGED  number 4");
        assertThat(lines(false, true, 3))
                .containsExactly(
                        "EVENTS",
                        "00:00:01.000 control     DEADLINE_MISSED  number 1",
                        "00:00:03.000 control     DEADLINE_MISSED  number 3");
        assertThat(lines(true, true, 1)).isEmpty();
    }

    @Test
    void shouldSayThatLaterOnesAreMissingWhileTheRecorderIsSilent() {
        assertThat(lines(false, false, 2).get(0)).isEqualTo("EVENTS, none after the recorder fell silent");
    }

    private static List<String> lines(final boolean isRoutineShown, final boolean isCurrent, final int rows) {
        return EventSection.lines(
                SampleFigures.events(5), isRoutineShown, isCurrent, rows, ZoneOffset.UTC, Style.PLAIN);
    }
}
