package io.tendon.bus.connection;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.RethrowingErrorHandler;
import io.aeron.Subscription;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.clock.BusClock;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.publish.RefusalCounters;
import io.tendon.bus.publish.WriterLog;
import io.tendon.bus.subscribe.LossListener;
import io.tendon.bus.subscribe.MessageHandler;
import io.tendon.bus.subscribe.MessageSubscriber;
import io.tendon.bus.subscribe.ReaderCounters;
import io.tendon.bus.subscribe.ReplayHandler;
import io.tendon.bus.subscribe.ReplaySubscriber;
import io.tendon.schemas.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * A node's connection to the session's bus. Connecting and adding ask the driver and may wait: all of it is done before
 * a loop starts. When the driver dies, {@link #isClosed()} becomes true after a while and publishers return CLOSED;
 * nothing ends the process. {@link #followDriver} connects anew to the driver that takes over, on a thread of its own: the
 * loops keep their publishers and subscribers, which go on there. Closing is for after the loops have stopped.
 */
public final class BusConnection implements AutoCloseable {
    /** How long a silent driver is taken for alive. */
    public static final long DRIVER_TIMEOUT_MS = 10_000;

    /** How long the nodes do without a driver before the bus is lost to them. */
    public static final long DRIVER_PATIENCE_NS = 30_000_000_000L;

    private static final long POLL_NS = 10_000_000L;
    /** How long the old logs are read beside the new ones: above the time that any node takes to open its new logs. */
    private static final long OVERLAP_NS = 2_000_000_000L;

    private static final long DRIVER_DEATH_LINGER_NS = 2_000_000_000L;
    private static final long RESOURCE_LINGER_NS = 60_000_000_000L;

    private final RuntimeDirectory directory;
    private final BusClock clock;
    private final NodeId node;
    private final ErrorHandler errorHandler;
    private final BusCounters counters;
    private final List<MessagePublisher> publishers = new CopyOnWriteArrayList<>();
    private final List<MessageSubscriber> subscribers = new CopyOnWriteArrayList<>();
    // Written by the thread that follows the driver, read by loops and by who ends the process.
    private volatile SessionAnchor session;
    private volatile Aeron aeron;
    private @Nullable DriverFollower follower;

    private BusConnection(
            final RuntimeDirectory directory,
            final SessionAnchor session,
            final NodeId node,
            final ErrorHandler errorHandler) {
        this.directory = directory;
        this.session = session;
        this.clock = session.clock();
        this.node = node;
        this.errorHandler = errorHandler;
        this.counters = new BusCounters(directory, node);
        this.aeron = connectAeron();
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
        final BusConnection connection =
                new BusConnection(directory, awaitSession(directory, timeoutNs), node, errorHandler);
        connection.counters.node(BusCounter.LIVES).incrementRelease();
        connection.counters.node(BusCounter.READY).setRelease(0);
        return connection;
    }

    /**
     * A connection of its own to the driver that has taken the session over, for a node that makes everything anew there.
     *
     * @return the connection, in the same life of the node; this one stays as it is.
     * @throws CommandFailure when no driver runs.
     */
    public BusConnection connectAnew() {
        return new BusConnection(directory, awaitSession(directory, 0), node, errorHandler);
    }

    /** The session's clock. */
    public BusClock clock() {
        return clock;
    }

    /** Name of the session. */
    public String sessionName() {
        return session.sessionName();
    }

    /** The session as the driver wrote it that is connected to. */
    public SessionAnchor session() {
        return session;
    }

    /** Where the robot lives in memory. */
    public RuntimeDirectory directory() {
        return directory;
    }

    /** The node that connected. */
    public NodeId node() {
        return node;
    }

    /** Which life of the node in this session this is, from 1. */
    public long lives() {
        return counters.node(BusCounter.LIVES).get();
    }

    /** The client of the present driver, for what is not wrapped here. */
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
     * @throws IllegalArgumentException when the node has no business on that stream.
     */
    public MessagePublisher addPublisher(final StreamDescriptor stream) {
        StreamCatalog.requireWriter(node, stream);
        final MessagePublisher publisher = new MessagePublisher(
                stream,
                openLog(aeron, stream, session.isTethered()),
                counters.stream(BusCounter.SENT, stream),
                new RefusalCounters(counters, stream));
        publishers.add(publisher);
        return publisher;
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
        final MessageSubscriber subscriber = new MessageSubscriber(
                stream, subscribe(aeron, stream), handler, lossListener, new ReaderCounters(counters, stream));
        subscribers.add(subscriber);
        return subscriber;
    }

    /**
     * Goes on with the driver that takes the session over when the present one dies. To be called once, when everything
     * has been added.
     *
     * @param patienceNs how long the bus may be gone before it is lost.
     */
    public void followDriver(final long patienceNs) {
        follower = new DriverFollower(this, patienceNs);
        follower.start();
    }

    /**
     * Listens to the replay of a stream, tethered: the replay waits for this reader.
     *
     * @param live stream whose replay is listened to.
     * @param handler of its messages and of its jumps.
     * @return the subscriber; a replay joins it whenever one begins.
     */
    public ReplaySubscriber addReplaySubscriber(final StreamDescriptor live, final ReplayHandler handler) {
        final StreamDescriptor replay = StreamCatalog.replayOf(live);
        return new ReplaySubscriber(
                aeron.addSubscription(replay.tetheredChannel(node.name()), replay.streamId()),
                handler,
                counters.stream(BusCounter.RECEIVED, replay),
                counters.stream(BusCounter.GAPS, replay));
    }

    /** Whether the client is closed, by us or because the driver is gone; a driver that takes over may open it again. */
    public boolean isClosed() {
        return aeron.isClosed();
    }

    /** Takes what goes wrong in the connection's own threads. */
    ErrorHandler errorHandler() {
        return errorHandler;
    }

    /** Whether the bus is gone for good: closed, and for longer than one is prepared to wait for another driver. */
    public boolean isLost() {
        final DriverFollower following = follower;
        return following == null ? isClosed() : following.isLost();
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
        // Closed in order, nobody uses it any more.
        aeron.context().closeLingerDurationNs(0);
        aeron.close();
    }

    /**
     * Connects to another driver of the same session, and lets publishers and subscribers go on there. Subscribers read
     * the old logs too for a while, since other nodes' writers may still be in them; then the client of the dead driver is
     * closed. On the follower's thread.
     *
     * @param next as the new driver wrote it.
     * @param await waits for a condition; false when that took too long.
     */
    void rejoin(final SessionAnchor next, final Predicate<BooleanSupplier> await) {
        final List<MessageSubscriber> readers = List.copyOf(subscribers);
        final List<MessagePublisher> writers = List.copyOf(publishers);
        final List<Subscription> subscriptions = new ArrayList<>();
        final List<WriterLog> logs = new ArrayList<>();
        final Aeron opened = connectAeron();
        try {
            readers.forEach(reader -> subscriptions.add(subscribe(opened, reader.stream())));
            writers.forEach(writer -> logs.add(openLog(opened, writer.stream(), next.isTethered())));
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(opened);
            throw e;
        }
        // Only now that all are open, so that nobody goes on alone.
        for (int i = 0; i < readers.size(); i++) {
            readers.get(i).succeedWith(subscriptions.get(i));
        }
        for (int i = 0; i < writers.size(); i++) {
            writers.get(i).succeedWith(logs.get(i));
        }
        final Aeron old = aeron;
        aeron = opened;
        session = next;
        final long overlapEndNs = System.nanoTime() + OVERLAP_NS;
        final boolean hasSucceeded = await.test(() -> readers.stream().allMatch(MessageSubscriber::hasSucceeded)
                && writers.stream().allMatch(MessagePublisher::hasSucceeded)
                && System.nanoTime() - overlapEndNs >= 0);
        readers.forEach(MessageSubscriber::leavePredecessor);
        // Closed under a loop that still works there, its memory would go away; left open, it closes itself.
        if (hasSucceeded && await.test(() -> readers.stream().noneMatch(MessageSubscriber::hasPredecessor))) {
            old.context().closeLingerDurationNs(0);
            CloseHelper.quietClose(old);
        }
    }

    private Aeron connectAeron() {
        return Aeron.connect(new Aeron.Context()
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
    }

    private Subscription subscribe(final Aeron client, final StreamDescriptor stream) {
        return client.addSubscription(stream.subscriptionChannel(node.name()), stream.streamId());
    }

    private static WriterLog openLog(final Aeron client, final StreamDescriptor stream, final boolean isTethered) {
        final ExclusivePublication publication = client.addExclusivePublication(
                isTethered ? stream.unisolated().publicationChannel() : stream.publicationChannel(), stream.streamId());
        final Subscription pacer =
                client.addSubscription(stream.pacerChannel(publication.sessionId()), stream.streamId());
        final long deadlineNs = System.nanoTime() + DRIVER_TIMEOUT_MS * 1_000_000L;
        while (pacer.imageCount() == 0) {
            if (System.nanoTime() > deadlineNs || client.isClosed()) {
                CloseHelper.closeAll(pacer, publication);
                throw new CommandFailure(stream.name() + ": the driver did not join the publication to itself within "
                        + DRIVER_TIMEOUT_MS + "ms; look at the driver's log");
            }
            LockSupport.parkNanos(POLL_NS / 10);
        }
        return new WriterLog(publication, pacer, pacer.imageAtIndex(0));
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
