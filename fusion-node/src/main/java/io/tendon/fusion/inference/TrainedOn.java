package io.tendon.fusion.inference;

import org.jspecify.annotations.Nullable;

/**
 * What a model was trained on, as far as its manifest says. Immutable; any thread.
 *
 * @param robotSha256 of the robot's URDF file, 64 lower-case hexadecimal digits; null when it does not say.
 * @param cellSha256 of the work cell's file; null when it does not say.
 * @param windowNs length of its windows, ns; 0 when it does not say.
 * @param samplePeriodNs from one sample to the next, ns; 0 when it does not say.
 */
public record TrainedOn(
        @Nullable String robotSha256, @Nullable String cellSha256, long windowNs, long samplePeriodNs) {}
