package io.tendon.control.hardware.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedFaultTest {
    @Test
    void shouldReadWhatItWrites() {
        for (final String text : new String[] {
            "collision@12s+500ms,amount=20000.0",
            "payload@0ns,amount=1.5",
            "friction@1500ms+2s,joint=2,amount=0.2",
            "encoder-drift@3s,joint=0,amount=0.01",
            "stuck-joint@4s+1s,joint=5",
            "sensor-freeze@5s+47ms",
            "force-bias@6s+1min,amount=3.0"
        }) {
            assertThat(SimulatedFault.parse(text)).hasToString(text);
        }
    }

    @Test
    void shouldTakeTheUsualAmountAndLastForGood() {
        final SimulatedFault fault = SimulatedFault.parse("friction@1s,joint=1");

        assertThat(fault.amount()).isEqualTo(FaultKind.FRICTION.usualAmount());
        assertThat(fault.isActive(999_999_999)).isFalse();
        assertThat(fault.isActive(1_000_000_000)).isTrue();
        assertThat(fault.isActive(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void shouldEndAfterItsDuration() {
        final SimulatedFault fault = SimulatedFault.parse("sensor-freeze@1s+47ms");

        assertThat(fault.isActive(1_046_999_999)).isTrue();
        assertThat(fault.isActive(1_047_000_000)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    collision               | is not a fault
                    crash@1s                | is no kind of fault; write one of collision, payload
                    collision@1             | is not a duration
                    collision@1s+0s         | above 0
                    stuck-joint@1s          | add ,joint=0
                    payload@1s,joint=1      | is of no joint
                    payload@1s,amount=1e9   | must be 0.01 to 100.0 (kg)
                    payload@1s,amount=heavy | amount is 'heavy'; must be a number
                    stuck-joint@1s,joint=1.7 | joint is '1.7'; must be a whole number from 0
                    stuck-joint@1s,joint=-2 | joint is '-2'; must be a whole number from 0
                    payload@1s,mass=1       | there is no setting 'mass'
                    sensor-freeze@1s,amount=1 | has no amount
                    """)
    void shouldSayWhatIsWrong(final String text, final String why) {
        assertThatThrownBy(() -> SimulatedFault.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
