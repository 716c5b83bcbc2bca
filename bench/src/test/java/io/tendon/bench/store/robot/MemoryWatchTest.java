package io.tendon.bench.store.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MemoryWatchTest {
    @Test
    void shouldLookNoMoreOnceItIsClosed() throws InterruptedException {
        final CountDownLatch looked = new CountDownLatch(1);
        final MemoryWatch watch = new MemoryWatch(() -> {
            looked.countDown();
            return ProcessHandle.current().pid();
        });
        looked.await();
        assertThatThrownBy(watch::samples).isInstanceOf(IllegalStateException.class);
        watch.close();

        assertThat(watch.samples()).isNotEmpty().allMatch(sample -> sample.bytes() > 0);
    }

    @Test
    void shouldHaveSeenNothingOfAProcessThatIsNotThere() throws InterruptedException {
        final CountDownLatch looked = new CountDownLatch(1);
        final MemoryWatch watch = new MemoryWatch(() -> {
            looked.countDown();
            return 0;
        });
        looked.await();
        watch.close();

        assertThat(watch.samples()).isEmpty();
    }
}
