package io.tendon.persistence.command;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.connection.RecordingPlace;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.counter.LiveNode;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.bus.publish.OfferResult;
import io.tendon.schemas.BooleanType;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.StateEntryEncoder;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.ArchiveListing;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import io.tendon.sessionlog.recording.RecordingReader;
import io.tendon.sessionlog.verify.TimeSpan;
import io.tendon.store.state.LoggedState;
import io.tendon.store.state.StateKey;
import io.tendon.store.state.StateValue;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;

/**
 * Says on the bus what is to be known under a key, and waits until the recording holds it: from then on nothing but the
 * loss of the disk takes it away. Main thread of a command; may wait and allocate.
 */
final class StateEntryClient implements AutoCloseable {
    private static final long POLL_NS = 10_000_000L;
    private static final String REMEDY = "; is persistence-node running? See persistence-node status";

    private final BusConnection bus;
    private final MessagePublisher publisher;

    private StateEntryClient(final BusConnection bus) {
        this.bus = bus;
        this.publisher = bus.addPublisher(StreamCatalog.STATE_ENTRY);
    }

    /**
     * Connects to a robot that runs and is recorded.
     *
     * @param runtime directory of the robot.
     * @param errors told of what goes wrong in the client's own thread.
     * @return the client.
     * @throws CommandFailure when no session runs, or its recorder does not.
     */
    static StateEntryClient connect(final RuntimeDirectory runtime, final ErrorHandler errors) {
        // Says why and what to do when it does not live: what nobody records nobody will know.
        LiveNode.open(runtime, NodeId.PERSISTENCE).close();
        final BusConnection bus = BusConnection.connect(runtime, NodeId.OPERATOR, errors, 0);
        try {
            return new StateEntryClient(bus);
        } catch (final RuntimeException e) {
            bus.close();
            throw e;
        }
    }

    /**
     * Says it, and waits.
     *
     * @param key that it is about.
     * @param content one JSON value of at most {@link MessageLengths#MAX_STATE_CONTENT_BYTES}; empty to remove the key.
     * @param isRemoved whether the key is to be forgotten.
     * @param timeoutNs how long to wait for the recording.
     * @return name of the session that holds it.
     * @throws CommandFailure when it could not be said, was not seen in the recording by then, or does not hold because
     *     something was said under the key at a time that is still to come.
     */
    String put(final StateKey key, final String content, final boolean isRemoved, final long timeoutNs) {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        final byte[] keyBytes = key.text().getBytes(StandardCharsets.UTF_8);
        final byte[] contentBytes = content.getBytes(StandardCharsets.UTF_8);
        final long position = publisher.position();
        final OfferResult result = publisher.claim(MessageLengths.stateEntry(keyBytes.length, contentBytes.length));
        if (!result.isAccepted()) {
            throw new CommandFailure("state: the bus refused the entry (" + result + "); try again");
        }
        final StateEntryEncoder encoder = new StateEntryEncoder()
                .wrapAndApplyHeader(publisher.buffer(), publisher.offset(), new MessageHeaderEncoder());
        encoder.stamp()
                .sequence(publisher.sequence())
                .captureTimeNs(bus.clock().nanoTime())
                .source(NodeId.OPERATOR);
        encoder.removed(isRemoved ? BooleanType.TRUE : BooleanType.FALSE).inputsCount(0);
        encoder.putKey(keyBytes, 0, keyBytes.length).putContent(contentBytes, 0, contentBytes.length);
        publisher.commit();
        while (!isRecorded(position)) {
            publisher.doWork();
            if (System.nanoTime() - deadlineNs >= 0) {
                throw new CommandFailure("state: " + key + " was said on the bus, and the recording of session "
                        + bus.sessionName() + " does not show it yet" + REMEDY);
            }
            LockSupport.parkNanos(POLL_NS);
        }
        requireToHold(key);
        return bus.sessionName();
    }

    @Override
    public void close() {
        publisher.close();
        bus.close();
    }

    /** The last one holds, by its time: a machine whose clock was ahead once has said what cannot be changed until then. */
    private void requireToHold(final StateKey key) {
        final StateValue holding = place().map(
                        place -> new LoggedState(place.dataDirectory(), warning -> {}).get(key, Long.MAX_VALUE))
                .orElse(null);
        if (holding != null && holding.captureTimeNs() > bus.clock().nanoTime()) {
            throw new CommandFailure("state: " + key + " was recorded and does not hold: session " + holding.session()
                    + " said something under it at " + TimeSpan.instant(holding.captureTimeNs())
                    + ", which this session's clock has still to come to; set the machine's clock, start the robot anew"
                    + " and put it again, or choose another key");
        }
    }

    private Optional<RecordingPlace> place() {
        return RecordingPlace.read(bus.directory().recordingFile(), bus.sessionName());
    }

    private boolean isRecorded(final long position) {
        return place().map(place -> new SessionDirectory(place.dataDirectory(), place.sessionName()))
                .filter(session -> isRecorded(session, position))
                .isPresent();
    }

    private boolean isRecorded(final SessionDirectory session, final long position) {
        for (final RecordingDescriptor recording :
                ArchiveListing.of(session.archive()).recordings()) {
            if (recording.streamId() == StreamCatalog.STATE_ENTRY.streamId()
                    && recording.sessionId() == publisher.sessionId()
                    && recording.startPosition() <= position) {
                try (RecordingReader reader =
                        new RecordingReader(session.archive(), recording, DamageListener.IGNORED)) {
                    reader.seek(position);
                    if (reader.next() && reader.message().position() == position) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
