package io.tendon.fusion.inference;

/** What judges windows. Made on the main thread; asked on inference's thread alone, and closed when that has ended. */
public interface Model extends AutoCloseable {
    /**
     * Judges a window; takes as long as it takes.
     *
     * @param features in the order and the units of the model's manifest; not kept.
     * @return the score; finite.
     * @throws ModelFault when there is none: the model fails, or says what is not finite.
     */
    double score(float[] features) throws ModelFault;

    /** Lets a judgement that is under way end early, with a fault. Any thread. */
    void interrupt();

    @Override
    void close();
}
