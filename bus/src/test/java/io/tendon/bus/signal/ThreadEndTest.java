package io.tendon.bus.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.LangUtil;
import org.junit.jupiter.api.Test;

class ThreadEndTest {
    @Test
    void shouldWaitThroughAnInterruptAndLeaveItToTheCaller() {
        final CountDownLatch release = new CountDownLatch(1);
        final Thread thread = new Thread(() -> await(release), "to-be-waited-for");
        thread.start();
        final AtomicInteger interrupts = new AtomicInteger();
        Thread.currentThread().interrupt();

        ThreadEnd.await(thread, () -> {
            interrupts.incrementAndGet();
            release.countDown();
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupts).hasValue(1);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void shouldNotWaitForAThreadThatHasNotStartedNorInterruptTheCaller() {
        ThreadEnd.await(new Thread(() -> {}, "never-started"));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            LangUtil.rethrowUnchecked(e);
        }
    }
}
