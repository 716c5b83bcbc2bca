package io.tendon.deploy.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.console.Console;
import java.nio.file.Path;
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

    private LivePanel panel(final boolean isLauncher) {
        return new LivePanel(Console.open(), new RuntimeDirectory("nobody", directory), "control-node", isLauncher);
    }
}
