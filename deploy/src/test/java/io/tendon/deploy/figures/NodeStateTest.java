package io.tendon.deploy.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeStateTest {
    private static final long TIMEOUT_MS = 1000;

    @Test
    void shouldTellANodeThatDiedFromOneThatStoppedInOrder() {
        assertThat(NodeState.of(50_000, TIMEOUT_MS, true, false, 1)).isEqualTo(NodeState.DEAD);
        assertThat(NodeState.of(50_000, TIMEOUT_MS, true, false, 2)).isEqualTo(NodeState.ENDED);
        assertThat(NodeState.of(10, TIMEOUT_MS, true, true, 2)).isEqualTo(NodeState.STOPPING);
    }

    @Test
    void shouldCallANodeSilentWhoseProcessIsThereAndDoesNotBeat() {
        assertThat(NodeState.of(1001, TIMEOUT_MS, true, true, 1)).isEqualTo(NodeState.SILENT);
        assertThat(NodeState.of(1000, TIMEOUT_MS, true, true, 1)).isEqualTo(NodeState.UP);
        assertThat(NodeState.of(-5, TIMEOUT_MS, true, true, 1)).isEqualTo(NodeState.UP);
    }

    @Test
    void shouldKnowANodeThatHasNotBegunItsWork() {
        assertThat(NodeState.of(0, TIMEOUT_MS, false, false, 0)).isEqualTo(NodeState.ABSENT);
        assertThat(NodeState.of(0, TIMEOUT_MS, false, true, 0)).isEqualTo(NodeState.STARTING);
        assertThat(NodeState.of(20, TIMEOUT_MS, true, true, 0)).isEqualTo(NodeState.STARTING);
    }
}
