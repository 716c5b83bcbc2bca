package io.tendon.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalCheckTest {
    @Test
    void shouldNotTakeADumbTerminalForOneThatCanRedraw() {
        assertThat(TerminalCheck.isCapable("dumb")).isFalse();
        assertThat(TerminalCheck.isCapable("")).isFalse();
        assertThat(TerminalCheck.isCapable("xterm-256color")).isTrue();
        assertThat(TerminalCheck.isCapable("linux")).isTrue();
    }

    @Test
    void shouldWantNoColourOnlyWhenNoColorIsSetAndNotEmpty() {
        assertThat(TerminalCheck.isColourWanted(Map.of())).isTrue();
        assertThat(TerminalCheck.isColourWanted(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(TerminalCheck.isColourWanted(Map.of("NO_COLOR", "1"))).isFalse();
    }

    @Test
    void shouldKnowAJobInTheBackground() {
        assertThat(TerminalCheck.isForeground("77 (ja) (va) S 1 500 500 34816 500 4194304 1 2"))
                .isTrue();
        assertThat(TerminalCheck.isForeground("77 (java) S 1 500 400 34816 400 4194304 1 2"))
                .isFalse();
        assertThat(TerminalCheck.isForeground("")).isTrue();
    }
}
