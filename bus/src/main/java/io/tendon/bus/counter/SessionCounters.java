package io.tendon.bus.counter;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a robot for whoever watches it for long, through the death of its media driver, its restart and the
 * next session. When another driver has begun, the counters of its session are opened in place of the old. While there is
 * none the last ones stay readable; {@link #isDriverAlive} says that there is none.
 *
 * <p>Read-only, as {@link CounterView} is: no node notices. One owner thread.
 */
public final class SessionCounters implements AutoCloseable {
    private final RuntimeDirectory directory;
    private @Nullable SessionAnchor session;
    private @Nullable CounterView view;
    private boolean isDriverAlive;
    private boolean isSessionOver;

    /**
     * Opens nothing before {@link #refresh}.
     *
     * @param directory of the robot, which need not run.
     */
    public SessionCounters(final RuntimeDirectory directory) {
        this.directory = directory;
    }

    /**
     * Looks which driver there is, and opens its counters if they are not open.
     *
     * @return whether a driver is alive and its counters can be read.
     */
    public boolean refresh() {
        final SessionAnchor present =
                SessionAnchor.read(directory.sessionFile()).orElse(null);
        isSessionOver = present == null;
        final boolean wasDriverAlive = isDriverAlive;
        isDriverAlive = present != null && present.isDriverAlive();
        if (isDriverAlive && (!wasDriverAlive || !Objects.equals(present, session))) {
            open(present);
        }
        return isDriverAlive;
    }

    /** The session whose counters are open; empty when none ever was. */
    public Optional<SessionAnchor> session() {
        return Optional.ofNullable(session);
    }

    /** The counters, last values of a driver that is dead among them; empty when none was alive so far. */
    public Optional<CounterView> view() {
        return Optional.ofNullable(view);
    }

    /** Whether the driver had ended its session in order at the last {@link #refresh}; else, when not alive, it died. */
    public boolean isSessionOver() {
        return isSessionOver;
    }

    /** Whether the driver was alive at the last {@link #refresh}. */
    public boolean isDriverAlive() {
        return isDriverAlive;
    }

    @Override
    public void close() {
        if (view != null) {
            view.close();
            view = null;
        }
    }

    private void open(final @Nullable SessionAnchor present) {
        try {
            final CounterView opened = CounterView.open(directory);
            close();
            view = opened;
            session = present;
        } catch (final CommandFailure | IllegalStateException e) {
            // It has just died, or its successor makes the file anew: the next look knows.
            isDriverAlive = false;
        }
    }
}
