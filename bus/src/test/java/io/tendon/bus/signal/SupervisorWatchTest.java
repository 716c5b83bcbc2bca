package io.tendon.bus.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SupervisorWatchTest {
    @Test
    void shouldStopOnceTheLauncherHasDied() throws IOException, InterruptedException {
        final Process launcher = new ProcessBuilder("sleep", "60").start();
        try (StopSignal stop = new StopSignal()) {
            final Thread watch = new Thread(() -> SupervisorWatch.watch(launcher.toHandle(), stop, 1));
            watch.start();
            assertThat(stop.isStopped()).isFalse();

            launcher.destroyForcibly();
            watch.join();

            assertThat(stop.isStopped()).isTrue();
        }
    }

    @Test
    void shouldWatchNobodyWhenNobodyLaunchedIt() {
        assertThat(SupervisorWatch.launcher(null)).isEmpty();
        assertThat(SupervisorWatch.launcher("1x")).isEmpty();
        assertThat(SupervisorWatch.launcher(
                        Long.toString(ProcessHandle.current().pid())))
                .contains(ProcessHandle.current());
    }
}
