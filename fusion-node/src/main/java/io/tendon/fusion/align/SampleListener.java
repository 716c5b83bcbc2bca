package io.tendon.fusion.align;

/** Takes samples as they come. */
@FunctionalInterface
public interface SampleListener {
    /**
     * Takes one.
     *
     * @param sample valid until this returns.
     */
    void onSample(ArmSample sample);
}
