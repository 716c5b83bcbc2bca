package io.tendon.bench.store.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bench.figures.Figure;
import org.junit.jupiter.api.Test;

class QuestionTimesTest {
    private final QuestionTimes times = new QuestionTimes();

    @Test
    void shouldMixNoFirstTimeIntoTheTimesAgain() {
        times.add(true, 300);
        times.add(false, 10);
        times.add(false, 20);
        times.add(false, 12);
        times.add(true, 100);

        assertThat(times.firstMedianNs()).isEqualTo(200);
        assertThat(times.againMedianNs()).isEqualTo(12);
        assertThat(times.figures())
                .containsExactly(Figure.ns("first", 200), Figure.ns("again", 12), Figure.ns("max", 300));
    }

    @Test
    void shouldNotKnowAMedianOfNothing() {
        assertThat(times.firstMedianNs()).isNaN();
        assertThat(times.againMedianNs()).isNaN();
    }
}
