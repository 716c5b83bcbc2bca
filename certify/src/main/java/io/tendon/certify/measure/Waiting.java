package io.tendon.certify.measure;

import io.tendon.bus.config.CommandFailure;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits of the certificate's main thread. An interrupt ends the certificate: it is not kept, so that what was started can be
 * stopped in order on the way out.
 */
public final class Waiting {
    private static final long POLL_NS = 20_000_000L;

    private Waiting() {}

    /**
     * Waits.
     *
     * @param forNs how long; not at all when it is 0 or less.
     */
    public static void sleep(final long forNs) {
        try {
            TimeUnit.NANOSECONDS.sleep(forNs);
        } catch (final InterruptedException e) {
            throw new CommandFailure("stopped before the end; what ran has been ended, no verdict");
        }
    }

    /**
     * Waits for something.
     *
     * @param condition looked at every 20 ms.
     * @param atMostNs how long.
     * @return whether it came true in time.
     */
    public static boolean until(final BooleanSupplier condition, final long atMostNs) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > atMostNs) {
                return false;
            }
            sleep(POLL_NS);
        }
        return true;
    }
}
