package io.tendon.certify.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.certify.fault.Rule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultVerdictTest {
    private static final Set<Rule> ALL = EnumSet.allOf(Rule.class);
    private static final Losses NOTHING_LOST = new Losses(10_000, 3, 10_000, 0, 10_000, 0, 0);

    @Test
    void shouldHoldWhenNothingIsLostAndAllWorkAgain() {
        final FaultVerdict verdict = FaultVerdict.of(ALL, new FaultVerdict.Findings(NOTHING_LOST, List.of(), 0, true));

        assertThat(verdict.isHeld()).isTrue();
        assertThat(verdict.kept()).hasSize(ALL.size());
    }

    @Test
    void shouldNameEachRuleThatWasBrokenWithItsFigure() {
        final FaultVerdict verdict = FaultVerdict.of(
                ALL,
                new FaultVerdict.Findings(
                        new Losses(10_000, 0, 10_000, 4, 10_000, 5, 6), List.of("fusion", "driver"), -1, true));

        assertThat(verdict.isHeld()).isFalse();
        assertThat(verdict.broken())
                .containsExactly(
                        "4 messages of control were refused",
                        "5 messages of control did not reach fusion",
                        "6 messages did not reach the recorder",
                        "died besides: fusion, driver",
                        "not all nodes work again");
    }

    @Test
    void shouldJudgeByTheFaultsOwnRulesAlone() {
        final FaultVerdict verdict = FaultVerdict.of(
                EnumSet.of(Rule.CONTROL_REFUSED_NOTHING, Rule.RECOVERED),
                new FaultVerdict.Findings(
                        new Losses(10_000, 0, 10_000, 0, 10_000, 20_000, 30_000), List.of(), 1, true));

        assertThat(verdict.isHeld()).isTrue();
    }

    @Test
    void shouldNotHoldWhenTheFaultDidNotComeAbout() {
        final FaultVerdict verdict = FaultVerdict.of(ALL, new FaultVerdict.Findings(NOTHING_LOST, List.of(), 0, false));

        assertThat(verdict.broken()).singleElement().asString().contains("last longer");
    }

    @Test
    void shouldSubtractWhatWasLostBefore() {
        final Losses losses = new Losses(30, 9, 80, 8, 60, 7, 6).since(new Losses(10, 5, 50, 5, 40, 5, 5));

        assertThat(losses).isEqualTo(new Losses(20, 4, 30, 3, 20, 2, 1));
    }
}
