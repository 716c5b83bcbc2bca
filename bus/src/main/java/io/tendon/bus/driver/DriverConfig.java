package io.tendon.bus.driver;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.tendon.bus.catalog.StreamSizing;
import io.tendon.bus.clock.BusClock;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;

/** The media driver's settings, each with its reason. Start-up only. */
final class DriverConfig {
    /** A process that was stopped or killed keeps its place in the logs so long, so that its successor misses nothing. */
    private static final long CLIENT_LIVENESS_NS = 60_000_000_000L;

    private static final long PUBLICATION_UNBLOCK_NS = 75_000_000_000L;
    private static final int SMALL_TERM_BYTES = 1 << 20;
    /** A Pi 5 has pages of 16 KiB. */
    private static final int FILE_PAGE_BYTES = 16 * 1024;

    private DriverConfig() {}

    static MediaDriver.Context context(
            final RuntimeDirectory directory, final BusClock clock, final ErrorHandler errorHandler) {
        return new MediaDriver.Context()
                .aeronDirectoryName(directory.aeronDirectory().toString())
                // The lock file says that no other driver lives here.
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                // Messages do not pass through the driver; only limits and timers wait for it.
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 5, 50_000, 1_000_000))
                // Only for names of hosts, of which a bus in memory has none.
                .asyncExecutorEnabled(false)
                .epochClock(clock)
                .errorHandler(errorHandler)
                .driverTimeoutMs(BusConnection.DRIVER_TIMEOUT_MS)
                .clientLivenessTimeoutNs(CLIENT_LIVENESS_NS)
                .publicationUnblockTimeoutNs(PUBLICATION_UNBLOCK_NS)
                .timerIntervalNs(StreamSizing.TIMER_INTERVAL_NS)
                .untetheredWindowLimitTimeoutNs(StreamSizing.WINDOW_LIMIT_TIMEOUT_NS)
                .untetheredLingerTimeoutNs(StreamSizing.LINGER_TIMEOUT_NS)
                .untetheredRestingTimeoutNs(StreamSizing.RESTING_TIMEOUT_NS)
                // The driver touches a log's pages, so that no writer meets a page fault.
                .termBufferSparseFile(false)
                // For the archive's own streams; ours say their own.
                .ipcTermBufferLength(SMALL_TERM_BYTES)
                .filePageSize(FILE_PAGE_BYTES);
    }
}
