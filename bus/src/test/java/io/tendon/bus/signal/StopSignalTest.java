package io.tendon.bus.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalTest {
    @Test
    void shouldRunALoopOnItsOwnThreadUntilItEnds() {
        final List<String> ran = new ArrayList<>();
        try (StopSignal stop = new StopSignal()) {
            stop.runToTheEnd(() -> ran.add(Thread.currentThread().getName()), "some-loop");

            assertThat(stop.isStopped()).isFalse();
        }
        assertThat(ran).containsExactly("some-loop");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void shouldAskTheLoopToStopWhenInterruptedAndStillWaitForItsEnd() {
        final List<String> ran = new ArrayList<>();
        try (StopSignal stop = new StopSignal()) {
            Thread.currentThread().interrupt();
            stop.runToTheEnd(
                    () -> {
                        stop.await();
                        ran.add("ended");
                    },
                    "some-loop");

            assertThat(stop.isStopped()).isTrue();
        }
        assertThat(ran).containsExactly("ended");
        assertThat(Thread.interrupted()).isTrue();
    }
}
