package io.tendon.persistence.replay;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.counter.StreamReaders;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.publish.OfferResult;
import io.tendon.bus.subscribe.ReplaySubscriber;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The replay streams of a robot. Only the replay of a live stream can be published on, whatever is asked for: the live
 * one's id is not known to any publisher here, and the connection refuses it ({@link StreamCatalog#requireWriter}).
 *
 * <p>A replay waits for its tethered readers, since no arm depends on it; but not for ever. When a reader has not moved
 * for the patience it is named, the message is lost and counted, and that stream waits for nobody until there is room
 * again. One owner thread.
 */
final class ReplayStreams implements ReplaySink, AutoCloseable {
    private static final long RETRY_NS = 50_000L;
    private static final long DRAIN_POLL_NS = 5_000_000L;
    private static final int PACED_MESSAGES = 32;

    private final BusConnection bus;
    private final long patienceNs;
    private final ReplayTime time;
    private final Consumer<String> warnings;
    private final Int2ObjectHashMap<Lane> lanes = new Int2ObjectHashMap<>();

    /**
     * Makes the publishers.
     *
     * @param bus of this node, which is REPLAY.
     * @param live streams whose replays are published on.
     * @param patienceNs how long one message waits for a reader.
     * @param time to wait by.
     * @param warnings takes lines for a person.
     */
    ReplayStreams(
            final BusConnection bus,
            final List<StreamDescriptor> live,
            final long patienceNs,
            final ReplayTime time,
            final Consumer<String> warnings) {
        this.bus = bus;
        this.patienceNs = patienceNs;
        this.time = time;
        this.warnings = warnings;
        for (final StreamDescriptor stream : live) {
            lanes.put(stream.streamId(), new Lane(bus.addPublisher(StreamCatalog.replayOf(stream))));
        }
    }

    @Override
    public boolean publish(final RecordedMessage message, final int pass, final BooleanSupplier isStopped) {
        final Lane lane = lanes.get(message.recording().streamId());
        final MessagePublisher publisher = lane.publisher;
        final int lengthBytes = message.lengthBytes();
        OfferResult result = publisher.tryClaim(lengthBytes);
        if (result != OfferResult.ACCEPTED) {
            result = await(lane, lengthBytes, isStopped);
        }
        if (result != OfferResult.ACCEPTED) {
            publisher.giveUp();
            return false;
        }
        publisher.buffer().putBytes(publisher.offset(), message.buffer(), message.offset(), lengthBytes);
        publisher.reservedValue(
                ReplaySubscriber.reservedValue(pass, message.recording().sessionId()));
        publisher.commit();
        if (++lane.sinceWork >= PACED_MESSAGES) {
            lane.sinceWork = 0;
            publisher.doWork();
        }
        return true;
    }

    @Override
    public void doWork() {
        lanes.values().forEach(lane -> lane.publisher.doWork());
    }

    /** How many readers listen to these streams, over all of them, this writer's own left out. */
    int readers() {
        int readers = 0;
        for (final Lane lane : lanes.values()) {
            readers += readers(lane.publisher.stream()).readers().size();
        }
        return readers;
    }

    /**
     * Waits until the readers have read everything, for the patience at most, before the logs go away.
     *
     * @param isOver ends the wait; true without a driver, as there are no counters to ask for readers then.
     */
    void drain(final BooleanSupplier isOver) {
        final long startNs = time.nowNs();
        while (!isOver.getAsBoolean() && !isDrained() && time.nowNs() - startNs < patienceNs) {
            doWork();
            time.waitNs(DRAIN_POLL_NS);
        }
    }

    private boolean isDrained() {
        return lanes.values().stream()
                .map(lane -> lane.publisher)
                .allMatch(publisher -> readers(publisher.stream())
                        .slowest()
                        .map(reader -> reader.position() >= publisher.position())
                        .orElse(true));
    }

    @Override
    public void close() {
        lanes.values().forEach(lane -> CloseHelper.quietClose(lane.publisher));
    }

    private StreamReaders readers(final StreamDescriptor stream) {
        return StreamReaders.of(bus.aeron().countersReader(), stream.streamId());
    }

    private OfferResult await(final Lane lane, final int lengthBytes, final BooleanSupplier isStopped) {
        final MessagePublisher publisher = lane.publisher;
        final long startNs = time.nowNs();
        while (true) {
            publisher.doWork();
            final OfferResult result = publisher.tryClaim(lengthBytes);
            if (result == OfferResult.ACCEPTED) {
                lane.isHeldUp = false;
                return result;
            }
            if (publisher.isClosed()) {
                throw new CommandFailure(publisher.stream().name()
                        + ": cannot be published on any more, the driver is gone; start the replay again");
            }
            if (lane.isHeldUp || isStopped.getAsBoolean()) {
                return result;
            }
            if (time.nowNs() - startNs >= patienceNs) {
                lane.isHeldUp = true;
                warnings.accept(publisher.stream().name() + ": a reader has not moved for "
                        + patienceNs / 1_000_000L + "ms: "
                        + readers(publisher.stream())
                                .slowest()
                                .map(StreamReaders.Reader::name)
                                .orElse("none that the driver knows")
                        + "; what it holds up is lost, and counted, until it reads on");
                return result;
            }
            time.waitNs(RETRY_NS);
        }
    }

    private static final class Lane {
        private final MessagePublisher publisher;
        private int sinceWork;
        private boolean isHeldUp;

        Lane(final MessagePublisher publisher) {
            this.publisher = publisher;
        }
    }
}
