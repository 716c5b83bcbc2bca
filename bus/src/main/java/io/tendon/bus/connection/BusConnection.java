package io.tendon.bus.connection;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.RethrowingErrorHandler;
import io.aeron.Subscription;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.clock.BusClock;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.subscribe.LossListener;
import io.tendon.bus.subscribe.MessageHandler;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.schemas.NodeId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * A node's connection to the session's bus. Connecting and adding ask the driver and may wait: all of it is done before
 * a loop starts. When the driver dies, {@link #isClosed()} becomes true and publishers return CLOSED; nothing ends the
 * process. Closing is for after the loops have stopped.
 */
public final class BusConnection implements AutoCloseable {
    /** How long a silent driver is taken for alive. */
    public static final long DRIVER_TIMEOUT_MS = 10_000;

    private static final long POLL_NS = 10_000_000L;
    private static final long DRIVER_DEATH_LINGER_NS = 2_000_000_000L;
    private static final long RESOURCE_LINGER_NS = 60_000_000_000L;

    private final SessionAnchor session;
    private final BusClock clock;
    private final NodeId node;
    private final Aeron aeron;
    private final BusCounters counters;

    private BusConnection(final SessionAnchor session, final NodeId node, final Aeron aeron) {
        this.session = session;
        this.clock = session.clock();
        this.node = node;
        this.aeron = aeron;
        this.counters = new BusCounters(aeron, node);
    }

    /**
     * Connects to the session that runs there, waiting for one to be started.
     *
     * @param directory of the robot.
     * @param node that connects.
     * @param errorHandler told of what goes wrong in the client's own thread.
     * @param timeoutNs how long to wait for a session; 0 to ask once.
     * @return the connection.
     * @throws CommandFailure when none runs by then.
     */
    public static BusConnection connect(
            final RuntimeDirectory directory,
            final NodeId node,
            final ErrorHandler errorHandler,
            final long timeoutNs) {
        final SessionAnchor session = awaitSession(directory, timeoutNs);
        final BusClock clock = session.clock();
        final Aeron aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory.aeronDirectory().toString())
                .clientName("tendon-" + node.name().toLowerCase(Locale.ROOT))
                .epochClock(clock)
                .errorHandler(errorHandler)
                // An exception in a message handler is the loop's, like any other in its cycle.
                .subscriberErrorHandler(RethrowingErrorHandler.INSTANCE)
                // When the driver dies, a loop may be in the middle of a message: its memory stays for so long.
                .closeLingerDurationNs(DRIVER_DEATH_LINGER_NS)
                .driverTimeoutMs(DRIVER_TIMEOUT_MS)
                // A reader that was left behind may still hold an old log for a while: unmapped under it, the JVM dies.
                .resourceLingerDurationNs(RESOURCE_LINGER_NS)
                .preTouchMappedMemory(true));
        return new BusConnection(session, node, aeron);
    }

    /** The session's clock. */
    public BusClock clock() {
        return clock;
    }

    /** Name of the session. */
    public String sessionName() {
        return session.sessionName();
    }

    /** The session as the driver wrote it. */
    public SessionAnchor session() {
        return session;
    }

    /** The node that connected. */
    public NodeId node() {
        return node;
    }

    /** The client, for what is not wrapped here. */
    public Aeron aeron() {
        return aeron;
    }

    /** Counters of this node. */
    public BusCounters counters() {
        return counters;
    }

    /**
     * Publishes on a stream, as its one writer in this process.
     *
     * @param stream to publish on.
     * @return a publisher whose pacer has joined.
     */
    public MessagePublisher addPublisher(final StreamDescriptor stream) {
        final ExclusivePublication publication =
                aeron.addExclusivePublication(stream.publicationChannel(), stream.streamId());
        final Subscription pacer =
                aeron.addSubscription(stream.pacerChannel(publication.sessionId()), stream.streamId());
        final long deadlineNs = System.nanoTime() + DRIVER_TIMEOUT_MS * 1_000_000L;
        while (pacer.imageCount() == 0) {
            if (System.nanoTime() > deadlineNs || aeron.isClosed()) {
                CloseHelper.closeAll(pacer, publication);
                throw new CommandFailure(stream.name() + ": the driver did not join the publication to itself within "
                        + DRIVER_TIMEOUT_MS + "ms; look at the driver's log");
            }
            LockSupport.parkNanos(POLL_NS / 10);
        }
        return new MessagePublisher(
                stream,
                publication,
                pacer,
                counters.stream(BusCounter.SENT, stream),
                counters.stream(BusCounter.REFUSED, stream));
    }

    /**
     * Listens to a stream.
     *
     * @param stream to listen to.
     * @param handler of its messages.
     * @param lossListener told of gaps.
     * @return the subscriber; writers' logs join it in the background.
     */
    public MessageSubscriber addSubscriber(
            final StreamDescriptor stream, final MessageHandler handler, final LossListener lossListener) {
        return new MessageSubscriber(
                stream,
                aeron.addSubscription(stream.subscriptionChannel(node.name()), stream.streamId()),
                handler,
                lossListener,
                counters.stream(BusCounter.RECEIVED, stream),
                counters.stream(BusCounter.GAPS, stream));
    }

    /** Whether the client is closed, by us or because the driver is gone. */
    public boolean isClosed() {
        return aeron.isClosed();
    }

    @Override
    public void close() {
        // Closed in order, nobody uses it any more.
        aeron.context().closeLingerDurationNs(0);
        aeron.close();
    }

    private static SessionAnchor awaitSession(final RuntimeDirectory directory, final long timeoutNs) {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (true) {
            final Optional<SessionAnchor> session = SessionAnchor.readLive(directory.sessionFile());
            if (session.isPresent()) {
                return session.get();
            }
            if (System.nanoTime() - deadlineNs >= 0) {
                throw new CommandFailure(directory.notRunningMessage());
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }
}
