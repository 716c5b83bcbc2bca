package io.tendon.fusion.inference;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process of its own whose model fails again and again from the moment at which it is told to stop, while it goes on as a
 * node does. Ends with 0 when the model's failures did it no harm.
 */
final class FailingAtTheEnd {
    /** So many take longer than ONNX Runtime's own shutdown hook, which begins together with ours. */
    private static final int FAILURES = 2_000;

    private FailingAtTheEnd() {}

    /**
     * Says "ready", then waits for SIGTERM.
     *
     * @param args manifest of a model that fails on 99, and a directory.
     */
    public static void main(final String[] args) throws InterruptedException {
        final CountDownLatch told = new CountDownLatch(1);
        final CountDownLatch done = new CountDownLatch(1);
        final AtomicInteger failures = new AtomicInteger();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            told.countDown();
            awaitUninterrupted(done);
            Runtime.getRuntime().halt(failures.get() == FAILURES ? 0 : 3);
        }));
        try {
            final OnnxModel model = OnnxModel.open(ModelFile.read(Path.of(args[0])), Path.of(args[1]));
            System.out.println("ready");
            told.await();
            for (int i = 0; i < FAILURES; i++) {
                try {
                    model.score(new float[] {99});
                } catch (final ModelFault e) {
                    failures.incrementAndGet();
                }
            }
        } finally {
            done.countDown();
        }
    }

    private static void awaitUninterrupted(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
