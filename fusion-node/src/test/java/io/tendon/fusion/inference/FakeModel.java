package io.tendon.fusion.inference;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that takes as long as a test wants: it waits at a gate for as long as that is shut. */
public final class FakeModel implements Model {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean isClosed;
    private volatile boolean isInterrupted;

    /** With its gate shut. */
    public FakeModel() {}

    /** Opens the gate for good. */
    public void open() {
        gate.countDown();
    }

    /** Waits until it is asked. */
    public void awaitAsked() throws InterruptedException {
        entered.await();
    }

    /** Times that it was asked. */
    public int asked() {
        return asked.get();
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public double score(final float[] features) throws ModelFault {
        asked.incrementAndGet();
        entered.countDown();
        try {
            gate.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isInterrupted) {
            throw new ModelFault("interrupted");
        }
        return 1;
    }

    @Override
    public void interrupt() {
        isInterrupted = true;
        gate.countDown();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
