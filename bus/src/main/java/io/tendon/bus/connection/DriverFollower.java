package io.tendon.bus.connection;

import java.io.File;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Watches, on a daemon thread of its own, for another driver that has taken a session over, and makes a connection go on
 * there. A driver is another one when the session file names another process; it is looked at only when it was written
 * anew, so that watching costs one stat call each {@value #POLL_MS} ms and no garbage.
 */
final class DriverFollower {
    private static final long POLL_MS = 50;
    private static final long CLOSE_TIMEOUT_MS = 3_000;
    private static final long SUCCESSION_TIMEOUT_NS = 5_000_000_000L;
    private static final long SUCCESSION_POLL_NS = 1_000_000L;
    private static final System.Logger LOG = System.getLogger(DriverFollower.class.getName());

    private final BusConnection connection;
    private final File sessionFile;
    private final long patienceNs;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private long seenWrittenMs;
    private long goneSinceNs = -1;
    // Written by this thread, read by the loops.
    private volatile boolean isLost;

    DriverFollower(final BusConnection connection, final long patienceNs) {
        this.connection = connection;
        this.sessionFile = connection.directory().sessionFile().toFile();
        this.patienceNs = patienceNs;
        thread = new Thread(this::run, "driver-follower");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, cause) -> giveUp(cause));
    }

    void start() {
        thread.start();
    }

    boolean isLost() {
        return isLost;
    }

    /** Ends the watch; a change of driver that is under way is given a moment to be finished. */
    void close() {
        closed.countDown();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosed(POLL_MS)) {
            final long writtenMs = sessionFile.lastModified();
            if (writtenMs != 0 && writtenMs != seenWrittenMs && follow()) {
                seenWrittenMs = writtenMs;
            }
            judge();
        }
    }

    /** Nobody follows any more, and the node would be deaf without knowing it. */
    private void giveUp(final Throwable cause) {
        connection.errorHandler().onError(cause);
        isLost = true;
    }

    /** Looks at a session file that was written anew; whether that is done with. */
    private boolean follow() {
        final SessionAnchor next = SessionAnchor.readLive(sessionFile.toPath()).orElse(null);
        final SessionAnchor present = connection.session();
        if (next == null) {
            return false;
        }
        if (next.equals(present)) {
            return true;
        }
        if (!next.sessionName().equals(present.sessionName())) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "event=session-replaced session=" + present.sessionName() + " by=" + next.sessionName());
            isLost = true;
            return true;
        }
        try {
            connection.rejoin(next, this::await);
            LOG.log(
                    System.Logger.Level.INFO,
                    "event=bus-rejoined session=" + next.sessionName() + " driverPid=" + next.driverPid());
            return true;
        } catch (final RuntimeException e) {
            connection.errorHandler().onError(e);
            LOG.log(System.Logger.Level.WARNING, "event=rejoin-failed driverPid=" + next.driverPid() + " cause=" + e);
            return false;
        }
    }

    private void judge() {
        if (!connection.isClosed()) {
            goneSinceNs = -1;
        } else if (goneSinceNs == -1) {
            goneSinceNs = System.nanoTime();
        } else if (System.nanoTime() - goneSinceNs > patienceNs) {
            isLost = true;
        }
    }

    private boolean await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + SUCCESSION_TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            // Once it is closed the loops have ended, and nobody takes what was opened for them.
            if (closed.getCount() == 0 || System.nanoTime() - deadlineNs >= 0) {
                return false;
            }
            LockSupport.parkNanos(SUCCESSION_POLL_NS);
        }
        return true;
    }

    private boolean isClosed(final long waitMs) {
        try {
            return closed.await(waitMs, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
