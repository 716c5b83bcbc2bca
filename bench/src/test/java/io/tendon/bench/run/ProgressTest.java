package io.tendon.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.CommandFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicBoolean isStopped = new AtomicBoolean();
    private final Progress progress = new Progress(lines::add, isStopped::get);

    @Test
    void shouldSayNothingMoreAfterAStop() {
        progress.accept("first");
        isStopped.set(true);

        assertThatThrownBy(() -> progress.accept("second")).isInstanceOf(CommandFailure.class);
        assertThatThrownBy(progress::requireWanted).hasMessageContaining("no results");
        assertThat(lines).containsExactly("first");
    }

    @Test
    void shouldTellWhyAPartFailedInALine() {
        assertThat(progress.failed(new CommandFailure("what is wrong\nat length")))
                .isEqualTo("what is wrong");
        assertThat(lines).containsExactly("what is wrong\nat length");
    }

    @Test
    void shouldPassNoStopForTheFailureOfAPart() {
        isStopped.set(true);

        assertThatThrownBy(() -> progress.failed(new IOException("closed by interrupt")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("stopped");
    }
}
