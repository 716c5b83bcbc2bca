package io.tendon.deploy.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.console.Console;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivePanelTest {
    @TempDir
    private Path directory;

    @Test
    void shouldEndWithQWhereItOnlyWatches() {
        assertThat(panel(false).press('q')).isFalse();
    }

    @Test
    void shouldSayThatCtrlCStopsTheRobotWhenQIsPressedInTheLauncher() {
        final LivePanel panel = panel(true);

        assertThat(panel.press('q')).isTrue();
        assertThat(panel.view().notice()).isEqualTo("press Ctrl-C to stop the robot");
        assertThat(panel.press('x')).isTrue();
        assertThat(panel.view().notice()).isEmpty();
    }

    @Test
    void shouldToggleWithEachKey() {
        final LivePanel panel = panel(false);

        panel.press('s');
        assertThat(panel.view().focus()).isEqualTo(PanelView.Focus.STREAMS);
        panel.press('e');
        assertThat(panel.view().focus()).isEqualTo(PanelView.Focus.EVENTS);
        panel.press('e');
        assertThat(panel.view().focus()).isEqualTo(PanelView.Focus.BALANCED);
        panel.press(' ');
        assertThat(panel.view().isFrozen()).isTrue();
        panel.press('?');
        assertThat(panel.view().isHelpShown()).isTrue();
        panel.press(Console.KEY_ESC);
        assertThat(panel.view()).isEqualTo(PanelView.initial(false));
    }

    @Test
    void shouldRunWithoutATerminalAndWithoutARobotUntilItIsEnded() {
        final int[] asked = {0};

        panel(false).run(() -> asked[0]++ > 3);

        assertThat(asked[0]).isGreaterThan(3);
    }

    @Test
    void shouldCountATerminalAsHeldOnlyWhileOnePictureTakesTooLong() throws InterruptedException {
        final AtomicLong nowNs = new AtomicLong(1_000);
        final CountDownLatch draws = new CountDownLatch(1);
        final CountDownLatch takes = new CountDownLatch(1);
        final AtomicBoolean isEnded = new AtomicBoolean();
        final LivePanel panel = new LivePanel(
                Console.open(),
                lines -> {
                    draws.countDown();
                    awaitQuietly(takes);
                },
                nowNs::get,
                new RuntimeDirectory("nobody", directory),
                "control-node",
                true);
        assertThat(panel.isHeld(0)).isFalse();
        final Thread thread = new Thread(() -> panel.run(isEnded::get));
        thread.start();
        draws.await();

        nowNs.set(1_099);
        assertThat(panel.isHeld(100)).isFalse();
        nowNs.set(1_100);
        assertThat(panel.isHeld(100)).isTrue();
        isEnded.set(true);
        takes.countDown();
        thread.join();

        nowNs.set(100_000);
        assertThat(panel.isHeld(100)).isFalse();
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private LivePanel panel(final boolean isLauncher) {
        return new LivePanel(Console.open(), new RuntimeDirectory("nobody", directory), "control-node", isLauncher);
    }
}
