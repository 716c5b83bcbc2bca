package io.tendon.bus.driver;

import io.aeron.Aeron;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.clock.BusClock;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * Places at the beginning of the logs of a driver that has just taken a session over, kept until the recorder is there:
 * subscriptions that read nothing. A new subscription joins where the slowest one stands, so the recorder finds what
 * writers said before it came. Not tethered, and given up before a writer could be held. Owner: the driver's main thread.
 */
final class HeldPlaces implements AutoCloseable {
    /**
     * How long they are held: longer than a recorder takes to be started again, shorter than it takes any stream of the
     * catalog at its full rate to leave a reader behind, which is three quarters of a window.
     */
    static final long HOLD_NS = 20_000_000_000L;

    private final Aeron aeron;

    /**
     * Takes a place in every stream of the catalog. Before the session is announced, so that no writer comes earlier.
     *
     * @param directory of the robot.
     * @param clock of the session.
     * @param errorHandler told of what goes wrong in the client's thread.
     */
    HeldPlaces(final RuntimeDirectory directory, final BusClock clock, final ErrorHandler errorHandler) {
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory.aeronDirectory().toString())
                .clientName("tendon-held-places")
                .epochClock(clock)
                .errorHandler(errorHandler)
                .driverTimeoutMs(BusConnection.DRIVER_TIMEOUT_MS)
                .resourceLingerDurationNs(TimeUnit.SECONDS.toNanos(1)));
        for (final StreamDescriptor stream : StreamCatalog.all()) {
            aeron.addSubscription(channel(stream), stream.streamId());
        }
    }

    @Override
    public void close() {
        CloseHelper.quietClose(aeron);
    }

    private static String channel(final StreamDescriptor stream) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .alias("held." + stream.name())
                .tether(false)
                .rejoin(false)
                .build();
    }
}
