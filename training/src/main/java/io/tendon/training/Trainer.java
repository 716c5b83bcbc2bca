package io.tendon.training;

import io.tendon.fusion.inference.ScoreThreshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Trains an autoencoder on the windows of an arm that is well. One owner thread. */
final class Trainer {
    private static final long BLOCK_NS = 20_000_000_000L;
    private static final int HELD_BLOCK = 4;
    private static final double RATE = 1e-3;
    private static final double LATE_RATE = 2e-4;
    private static final double LATE_FROM = 0.7;

    private final TrainingSettings settings;
    private final TrainingShape shape;
    private final Consumer<String> progress;

    /**
     * Ready to train.
     *
     * @param settings how.
     * @param shape of the model to be.
     * @param progress takes lines for the user.
     */
    Trainer(final TrainingSettings settings, final TrainingShape shape, final Consumer<String> progress) {
        this.settings = settings;
        this.shape = shape;
        this.progress = progress;
    }

    /**
     * Trains.
     *
     * @param rows of all sessions, with more than one block of 20 s: every fourth is held back.
     * @return the model.
     */
    TrainedModel train(final List<TrainingRow> rows) {
        final List<TrainingRow> learnt = new ArrayList<>();
        final List<TrainingRow> held = new ArrayList<>();
        for (final TrainingRow row : rows) {
            (row.endNs() / BLOCK_NS % HELD_BLOCK == 0 ? held : learnt).add(row);
        }
        final FeatureScales scales = FeatureScales.of(learnt, shape.fields());
        final float[][] inputs = learnt.stream().map(scales::scaled).toArray(float[][]::new);
        final Autoencoder autoencoder =
                new Autoencoder(scales.elements(), settings.hidden(), settings.code(), settings.seed());
        for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
            final double error = autoencoder.epoch(inputs, epoch <= LATE_FROM * settings.epochs() ? RATE : LATE_RATE);
            progress.accept(String.format(
                    Locale.ROOT, "  epoch %d of %d: mean squared error %.4f", epoch, settings.epochs(), error));
        }
        return judged(autoencoder, scales, learnt, held);
    }

    private TrainedModel judged(
            final Autoencoder autoencoder,
            final FeatureScales scales,
            final List<TrainingRow> learnt,
            final List<TrainingRow> held) {
        final ScoreLimits limits = new ScoreLimits(settings.margin(), settings.gapMargin());
        double learntSum = 0;
        for (final TrainingRow row : learnt) {
            final double score = autoencoder.error(scales.scaled(row));
            learntSum += score;
            limits.add(row.windowsSinceGap(), score);
        }
        final ScoreThreshold ofLearnt = limits.threshold(shape.gapNs());
        double heldSum = 0;
        double heldHighest = 0;
        for (final TrainingRow row : held) {
            final double score = autoencoder.error(scales.scaled(row));
            heldSum += score;
            heldHighest = Math.max(heldHighest, score / ofLearnt.of(row.windowsSinceGap()));
            limits.add(row.windowsSinceGap(), score);
        }
        return new TrainedModel(
                autoencoder,
                scales,
                limits.threshold(shape.gapNs()),
                learnt.size(),
                held.size(),
                learntSum / learnt.size(),
                held.isEmpty() ? Double.NaN : heldSum / held.size(),
                heldHighest);
    }
}
