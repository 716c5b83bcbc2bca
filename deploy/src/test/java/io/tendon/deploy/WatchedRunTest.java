package io.tendon.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.counter.CounterView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchedRunTest {
    private final List<String> done = new ArrayList<>();

    @Test
    void shouldStopTheNodesBeforeTheDisplayWaitsForATerminal() {
        final WatchedRun run =
                WatchedRun.of(new Display(), System.nanoTime(), Optional::empty, () -> done.add("nodes stopped"));

        assertThat(run.dead()).isEmpty();
        assertThat(done)
                .containsExactly(
                        "stopping: fusion, control to a held stop, recorder drained, driver",
                        "ended",
                        "nodes stopped",
                        "closed");
    }

    @Test
    void shouldStopTheNodesFirstAlsoWhenTheWatchFails() {
        assertThatThrownBy(() -> WatchedRun.of(
                        new Display(),
                        System.nanoTime(),
                        () -> {
                            throw new CommandFailure("fusion: cannot be started again");
                        },
                        () -> done.add("nodes stopped")))
                .isInstanceOf(CommandFailure.class);

        assertThat(done).endsWith("nodes stopped", "closed");
    }

    private final class Display implements RunDisplay {
        @Override
        public void show(final CounterView view) {}

        @Override
        public void say(final String line) {
            done.add(line);
        }

        @Override
        public void end() {
            done.add("ended");
        }

        @Override
        public void close() {
            done.add("closed");
        }
    }
}
