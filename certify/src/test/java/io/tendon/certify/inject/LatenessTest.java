package io.tendon.certify.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenessTest {
    private static final long US = 1_000L;
    private static final long MS = 1_000_000L;

    @Test
    void shouldPutEachCycleIntoTheBucketThatItsLatenessHasReached() {
        final Lateness lateness = Lateness.of(0, 10 * US - 1, 10 * US, 19 * US, 20 * US, 999 * US, MS, 100_000 * MS);

        assertThat(lateness.count()).isEqualTo(8);
        assertThat(lateness.buckets().get(0)).isEqualTo(2);
        assertThat(lateness.buckets().get(1)).isEqualTo(2);
        assertThat(lateness.buckets().get(2)).isEqualTo(1);
        assertThat(Lateness.bucketName(6)).isEqualTo(">= 500us");
        assertThat(lateness.buckets().get(6)).isEqualTo(1);
        assertThat(Lateness.bucketName(7)).isEqualTo(">= 1.0ms");
        assertThat(lateness.buckets().get(7)).isEqualTo(1);
        assertThat(lateness.buckets().get(Lateness.bucketCount() - 1)).isEqualTo(1);
    }

    @Test
    void shouldNameBucketsByTheirLowerBounds() {
        assertThat(Lateness.bucketName(0)).isEqualTo("< 10us");
        assertThat(Lateness.bucketName(1)).isEqualTo(">= 10us");
        assertThat(Lateness.bucketName(2)).isEqualTo(">= 20us");
        assertThat(Lateness.bucketName(3)).isEqualTo(">= 50us");
        assertThat(Lateness.bucketFromNs(4)).isEqualTo(100 * US);
        assertThat(Lateness.bucketName(Lateness.bucketCount() - 1)).isEqualTo(">= 10.0s");
    }

    @Test
    void shouldTakePercentilesByNearestRank() {
        final Lateness lateness =
                Lateness.of(LongStream.rangeClosed(1, 1_000).map(i -> i * US).toArray());

        assertThat(lateness.p50Ns()).isEqualTo(500 * US);
        assertThat(lateness.p99Ns()).isEqualTo(990 * US);
        assertThat(lateness.p999Ns()).isEqualTo(999 * US);
        assertThat(lateness.maxNs()).isEqualTo(1_000 * US);
    }

    @Test
    void shouldBeAllZeroWithoutACycle() {
        final Lateness lateness = Lateness.of();

        assertThat(lateness.count()).isZero();
        assertThat(lateness.maxNs()).isZero();
    }
}
