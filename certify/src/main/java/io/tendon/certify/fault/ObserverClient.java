package io.tendon.certify.fault;

import io.aeron.Aeron;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import org.agrona.ErrorHandler;

/** A client of a robot's media driver that is no node: it has no counters and no life in the session. Any thread. */
public final class ObserverClient {
    private static final long RESOURCE_LINGER_NS = 10_000_000_000L;

    private ObserverClient() {}

    /**
     * Connects to the driver that runs.
     *
     * @param directory of the robot.
     * @param session as that driver wrote it.
     * @param errorHandler told of what goes wrong in the client's own thread, the driver's death among it.
     * @return the client, to be closed by the caller.
     */
    public static Aeron connect(
            final RuntimeDirectory directory, final SessionAnchor session, final ErrorHandler errorHandler) {
        return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory.aeronDirectory().toString())
                .clientName("tendon-inject")
                .epochClock(session.clock())
                .driverTimeoutMs(BusConnection.DRIVER_TIMEOUT_MS)
                // A reader that is left behind is in its old log for a moment still.
                .resourceLingerDurationNs(RESOURCE_LINGER_NS)
                .errorHandler(errorHandler));
    }
}
