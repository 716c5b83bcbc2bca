package io.tendon.bus.signal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stops a node whose launcher has died: an arm must not go on with nobody at the switch. The launcher says its pid in
 * the environment variable {@value #VARIABLE}; a node that was started by hand or by systemd has none and is not
 * watched. The nodes stop one after the other, in the launcher's own order, by their delays.
 */
public final class SupervisorWatch {
    /** Environment variable with the launcher's process id. */
    public static final String VARIABLE = "TENDON_SUPERVISED";

    private static final long POLL_MS = 500;
    private static final System.Logger LOG = System.getLogger(SupervisorWatch.class.getName());

    private SupervisorWatch() {}

    /**
     * Watches the launcher, if there is one, on a daemon thread.
     *
     * @param stop that is given once it has died.
     * @param delayMs from its death to the stop, so that the nodes stop in their order.
     */
    public static void begin(final StopSignal stop, final long delayMs) {
        launcher(System.getenv(VARIABLE)).ifPresent(launcher -> {
            final Thread thread = new Thread(() -> watch(launcher, stop, delayMs), "supervisor-watch");
            thread.setDaemon(true);
            thread.start();
        });
    }

    static Optional<ProcessHandle> launcher(final @Nullable String pid) {
        try {
            return pid == null ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid.trim()));
        } catch (final NumberFormatException e) {
            return Optional.empty();
        }
    }

    static void watch(final ProcessHandle launcher, final StopSignal stop, final long delayMs) {
        while (!stop.isStopped()) {
            if (!launcher.isAlive()) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "event=launcher-died pid=" + launcher.pid() + " stopInMs=" + delayMs);
                if (!stop.await(delayMs * 1_000_000L)) {
                    stop.stop();
                }
                return;
            }
            if (stop.await(POLL_MS * 1_000_000L)) {
                return;
            }
        }
    }
}
