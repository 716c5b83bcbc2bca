package io.tendon.bench.store.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.certify.process.ChildProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedCommandTest {
    private final List<ChildProcess> children = new CopyOnWriteArrayList<>();
    private final CountDownLatch started = new CountDownLatch(1);

    @TempDir
    private Path directory;

    @Test
    void shouldEndTheOneThatRunsWhenItIsNotWaitedFor() throws InterruptedException {
        try (RepeatedCommand command = new RepeatedCommand("sleeps", () -> start("sleep", "1000"))) {
            started.await();
            assertThat(command.runs()).isZero();
        }

        assertThat(children).isNotEmpty().noneMatch(ChildProcess::isAlive);
    }

    @Test
    void shouldEndTheOneThatRunsWhenItsOwnerIsInterrupted() throws InterruptedException {
        final RepeatedCommand command = new RepeatedCommand("sleeps", () -> start("sleep", "1000"));
        started.await();
        Thread.currentThread().interrupt();
        assertThatThrownBy(command::finish).isInstanceOf(CommandFailure.class).hasMessageContaining("stopped");
        Thread.currentThread().interrupt();
        command.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(children).isNotEmpty().noneMatch(ChildProcess::isAlive);
    }

    @Test
    void shouldLetTheLastOneComeToItsEnd() throws InterruptedException {
        try (RepeatedCommand command = new RepeatedCommand("ends", () -> start("sleep", "0.1"))) {
            started.await();
            command.finish();
            assertThat(command.runs()).isPositive();
        }
        assertThat(children).isNotEmpty().noneMatch(ChildProcess::isAlive);
    }

    @Test
    void shouldSayWhatFailedWhetherItIsWaitedForOrClosed() throws InterruptedException {
        try (RepeatedCommand command = new RepeatedCommand("fails", () -> start("false"))) {
            started.await();
            assertThatThrownBy(command::finish).hasMessageContaining("fails: ").hasMessageContaining("exit code 1");
        }
        final CountDownLatch thrown = new CountDownLatch(1);
        final RepeatedCommand broken = new RepeatedCommand("broken", () -> {
            thrown.countDown();
            throw new IllegalStateException("a fault");
        });
        thrown.await();
        assertThatThrownBy(broken::finish).isInstanceOf(CommandFailure.class).hasMessageContaining("a fault");
        broken.close();
    }

    private ChildProcess start(final String... command) {
        final ChildProcess child = ChildProcess.start("child", directory.resolve("log"), List.of(command));
        children.add(child);
        started.countDown();
        return child;
    }
}
