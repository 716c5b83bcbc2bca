package io.tendon.fusion.inference;

import io.tendon.bus.RealTime;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The way of one place back and forth between the loop and inference's thread. Neither ever waits for the other: who does
 * not find it goes on without it. Two queues of Agrona's; each end has one thread.
 */
@RealTime
public final class WindowHandOver {
    /** Agrona's least; there is one place. */
    private static final int CAPACITY = 2;

    private final OneToOneConcurrentArrayQueue<InferenceSlot> asked = new OneToOneConcurrentArrayQueue<>(CAPACITY);
    private final OneToOneConcurrentArrayQueue<InferenceSlot> answered = new OneToOneConcurrentArrayQueue<>(CAPACITY);

    /** With nothing on its way. */
    public WindowHandOver() {}

    /** Hands a window over. Loop's thread. */
    void ask(final InferenceSlot window) {
        asked.offer(window);
    }

    /** The window that was handed over; null when there is none. Inference's thread. */
    @Nullable
    InferenceSlot takeAsked() {
        return asked.poll();
    }

    /** Hands it back. Inference's thread. */
    void answer(final InferenceSlot window) {
        answered.offer(window);
    }

    /** The window that came back; null while it has not. Loop's thread. */
    @Nullable
    InferenceSlot takeAnswered() {
        return answered.poll();
    }
}
