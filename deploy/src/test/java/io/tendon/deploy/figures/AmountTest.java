package io.tendon.deploy.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountTest {
    @Test
    void shouldChooseTheUnitThatFits() {
        assertThat(Amount.duration(437_000)).isEqualTo("437us");
        assertThat(Amount.duration(2_640_000)).isEqualTo("2.6ms");
        assertThat(Amount.bytes(9_999)).isEqualTo("9999B");
        assertThat(Amount.bytes(638 * 1024)).isEqualTo("638KiB");
        assertThat(Amount.bytes(100.0 * (1 << 20))).isEqualTo("100.0MiB");
        assertThat(Amount.bytes(80.0 * (1 << 30))).isEqualTo("80.0GiB");
        assertThat(Amount.hours(0.25)).isEqualTo("15 min");
        assertThat(Amount.hours(36.26)).isEqualTo("36.3 h");
        assertThat(Amount.hours(240)).isEqualTo("10 days");
        assertThat(Amount.clock(754)).isEqualTo("00:12:34");
        assertThat(Amount.clock(2 * 86_400 + 3_661)).isEqualTo("2d 01:01:01");
        assertThat(Amount.multiple(3.456)).isEqualTo("3.46");
        assertThat(Amount.percent(0.996)).isEqualTo("99%");
        assertThat(Amount.percent(1)).isEqualTo("100%");
    }

    @Test
    void shouldWriteADashForWhatIsNotKnown() {
        assertThat(Amount.bytes(-1)).isEqualTo("-");
        assertThat(Amount.bytes(Double.NaN)).isEqualTo("-");
        assertThat(Amount.count(-1)).isEqualTo("-");
        assertThat(Amount.whole(Double.NaN)).isEqualTo("-");
        assertThat(Amount.whole(Double.POSITIVE_INFINITY)).isEqualTo("-");
        assertThat(Amount.multiple(Double.NaN)).isEqualTo("-");
        assertThat(Amount.percent(Double.NaN)).isEqualTo("-");
        assertThat(Amount.hours(Double.POSITIVE_INFINITY)).isEqualTo("-");
        assertThat(Amount.clock(-1)).isEqualTo("-");
    }
}
