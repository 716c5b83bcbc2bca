package io.tendon.persistence.replay;

import io.aeron.Aeron;
import io.aeron.AvailableImageHandler;
import io.aeron.RethrowingErrorHandler;
import io.aeron.Subscription;
import io.aeron.archive.client.AeronArchive;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.persistence.recording.ArchiveHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * Aeron's archive on a view of a session, and the client that asks it for replays. Each replay comes on a log of its own
 * that nobody but this process reads; the log is as long as the recorded one was, but takes only the memory that is
 * written (sparse), so the client here must not touch its pages in advance as a node's does. One owner thread.
 */
final class ReplayArchive implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReplayArchive.class.getName());
    private static final long REQUESTS_TIMEOUT_S = 10;
    private static final long READ_PERIOD_MS = 500;

    /** Beyond the ids of any archive's control streams, and of this process alone. */
    private static final int REPLAY_STREAM_ID =
            40_000_000 + (int) (ProcessHandle.current().pid() & 0xFFFFFF);

    private static final String REPLAY_CHANNEL = "aeron:ipc?sparse=true|alias=replay-source";

    private final ArchiveHost host;
    private final Aeron aeron;
    private final AeronArchive client;
    private final ScheduledExecutorService requests = Executors.newSingleThreadScheduledExecutor(work -> {
        final Thread thread = new Thread(work, "replay-requests");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> reading;
    // Written by the thread of requests, read by the replay's.
    private volatile String latestError = "it has named no reason";

    private ReplayArchive(final ArchiveHost host, final Aeron aeron, final AeronArchive client) {
        this.host = host;
        this.aeron = aeron;
        this.client = client;
        // The archive ends the session of a client that does not read what it says, and the replays with it.
        this.reading =
                requests.scheduleWithFixedDelay(this::read, READ_PERIOD_MS, READ_PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * Launches the archive.
     *
     * @param bus of this node.
     * @param runtime directory of the robot.
     * @param view to replay from.
     * @param errors of archive and client.
     * @return the archive.
     */
    static ReplayArchive launch(
            final BusConnection bus,
            final RuntimeDirectory runtime,
            final ArchiveView view,
            final ErrorHandler errors) {
        // A replay that was given up ends in the archive a little later than its successor begins.
        final int maxReplays = 16 + 3 * view.recordings().size();
        final ArchiveHost host = ArchiveHost.launchForReplay(bus, runtime, view.directory(), maxReplays, errors);
        Aeron aeron = null;
        try {
            aeron = Aeron.connect(new Aeron.Context()
                    .aeronDirectoryName(runtime.aeronDirectory().toString())
                    .clientName("tendon-replay-source")
                    .epochClock(bus.clock())
                    .errorHandler(errors)
                    .subscriberErrorHandler(RethrowingErrorHandler.INSTANCE)
                    .driverTimeoutMs(BusConnection.DRIVER_TIMEOUT_MS));
            return new ReplayArchive(
                    host,
                    aeron,
                    ArchiveHost.connect(
                            aeron,
                            (controlSessionId, correlationId, recordingId, subscriptionId, position, signal) -> {},
                            errors));
        } catch (final RuntimeException e) {
            CloseHelper.quietCloseAll(aeron, host);
            throw e;
        }
    }

    /**
     * Begins to replay a part of a recording. The archive's answer takes a while, so that it is waited for on a thread of
     * its own.
     *
     * @param recordingId of the view.
     * @param position at which a frame begins.
     * @param lengthBytes to replay, to where a frame ends.
     * @param arrival is told of its image, once, on the client's thread; the image may be closed by then.
     * @return where it comes, once the archive has answered; tethered, so that it waits for its reader, who closes it. An
     *     {@link io.aeron.archive.client.ArchiveException} when the archive refuses.
     */
    CompletableFuture<Subscription> replay(
            final long recordingId, final long position, final long lengthBytes, final AvailableImageHandler arrival) {
        return CompletableFuture.supplyAsync(
                () -> client.replay(
                        recordingId, position, lengthBytes, REPLAY_CHANNEL, REPLAY_STREAM_ID, arrival, image -> {}),
                requests);
    }

    /** Gives up a replay that was asked for: it is closed when it has come. */
    void discard(final CompletableFuture<Subscription> asked) {
        // Behind the request itself, on the same thread.
        requests.execute(() -> {
            if (!asked.isCompletedExceptionally()) {
                CloseHelper.close(asked.getNow(null));
            }
        });
    }

    /** What the archive has complained of last, or that it has not. */
    String latestError() {
        return latestError;
    }

    /** Whether nothing comes any more, because the driver is gone. */
    boolean isClosed() {
        return aeron.isClosed() || host.isClosed();
    }

    @Override
    public void close() {
        reading.cancel(false);
        requests.shutdown();
        try {
            if (!requests.awaitTermination(REQUESTS_TIMEOUT_S, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "event=replay-requests-hang");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        CloseHelper.quietCloseAll(client, aeron, host);
    }

    private void read() {
        try {
            final String error = client.pollForErrorResponse();
            if (error != null) {
                latestError = error;
            }
        } catch (final RuntimeException e) {
            // The archive is gone: who waits for a replay says so.
            latestError = e.toString();
        }
    }
}
