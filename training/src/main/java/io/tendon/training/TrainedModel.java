package io.tendon.training;

import io.tendon.fusion.inference.ScoreThreshold;

/**
 * A model, and what it does with what it has not learnt from. Immutable.
 *
 * @param autoencoder that was trained.
 * @param scales of its inputs.
 * @param threshold of its score.
 * @param learntRows windows that it learnt from.
 * @param heldRows windows that were held back.
 * @param learntError mean score of the former.
 * @param heldError mean score of the latter.
 * @param heldHighest highest score of the latter, as a share of what is allowed by those alone that it learnt from.
 */
record TrainedModel(
        Autoencoder autoencoder,
        FeatureScales scales,
        ScoreThreshold threshold,
        int learntRows,
        int heldRows,
        double learntError,
        double heldError,
        double heldHighest) {}
