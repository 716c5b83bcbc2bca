package io.tendon.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AutoencoderTest {
    private static final int ELEMENTS = 6;
    private static final int ROWS = 2_000;
    private static final int EPOCHS = 30;
    private static final double RATE = 3e-3;

    @Test
    void shouldMakeAgainWhatItHasLearntAndNothingElse() {
        final Autoencoder model = trained(1);

        assertThat(model.error(row(0.3, -0.8))).isLessThan(0.02);
        assertThat(model.error(row(-1.1, 0.6))).isLessThan(0.02);
        final float[] strange = row(0.3, -0.8);
        strange[4] += 2;
        assertThat(model.error(strange)).isGreaterThan(0.2);
    }

    @Test
    void shouldLearnTheSameFromTheSame() {
        final float[] row = row(0.1, 0.2);

        assertThat(trained(1).error(row)).isEqualTo(trained(1).error(row));
        assertThat(trained(2).error(row)).isNotEqualTo(trained(1).error(row));
    }

    private static Autoencoder trained(final long seed) {
        final SplittableRandom random = new SplittableRandom(7);
        final float[][] rows = new float[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = row(2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1);
        }
        final Autoencoder model = new Autoencoder(ELEMENTS, 16, 2, seed);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            model.epoch(rows, RATE);
        }
        return model;
    }

    /** Six numbers of which two are free. */
    private static float[] row(final double a, final double b) {
        return new float[] {
            (float) a, (float) b, (float) (a + b), (float) (a - b), (float) (0.5 * a), (float) (0.3 * a - 0.9 * b)
        };
    }
}
