package io.tendon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final RestartPolicy policy = new RestartPolicy();

    @Test
    void shouldWaitLongerAfterTheSecondDeathAndGiveUpAfterTheThirdWithinAMinute() {
        final long first = policy.onDeath(0).orElseThrow();
        final long second = policy.onDeath(30 * SECOND_NS).orElseThrow();

        assertThat(second).isGreaterThan(first);
        assertThat(policy.onDeath(60 * SECOND_NS)).isEmpty();
    }

    @Test
    void shouldForgetDeathsThatAreLongerAgoThanAMinute() {
        policy.onDeath(0);
        policy.onDeath(31 * SECOND_NS);

        assertThat(policy.onDeath(61 * SECOND_NS)).isPresent();
        assertThat(policy.onDeath(62 * SECOND_NS)).isEmpty();
    }

    @Test
    void shouldGoOnForEverWhenANodeDiesRarely() {
        for (long deathNs = 0; deathNs < 3_600 * SECOND_NS; deathNs += 33 * SECOND_NS) {
            assertThat(policy.onDeath(deathNs)).as("death at %s ns", deathNs).isPresent();
        }
    }

    @Test
    void shouldStartAgainSoonerWhenTheDeathBeforeIsForgotten() {
        final long first = policy.onDeath(0).orElseThrow();

        assertThat(policy.onDeath(120 * SECOND_NS)).hasValue(first);
    }
}
