package io.tendon.certify.inject;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.Header;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.signal.ThreadEnd;
import io.tendon.certify.fault.ObserverClient;
import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Listens to control as one more reader that control does not wait for, and keeps how late each cycle was. When the media
 * driver dies it goes on with the one that follows. A thread of its own; what it found is read when it is closed.
 */
final class CycleReader implements AutoCloseable {
    private static final String READER = "inject";
    private static final long HEARING_TIMEOUT_S = 20;
    private static final int FRAGMENT_LIMIT = 256;
    private static final long POLL_NS = 1_000_000L;
    private static final long DRIVER_LOOK_NS = 100_000_000L;

    private final RuntimeDirectory directory;
    private final LatenessSamples samples = new LatenessSamples();
    private final CycleSequence cycles = new CycleSequence(samples);
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final JointStateDecoder decoder = new JointStateDecoder();
    private final CountDownLatch hearing = new CountDownLatch(1);
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Begins to listen.
     *
     * @param directory of the robot, which runs.
     */
    CycleReader(final RuntimeDirectory directory) {
        this.directory = directory;
        this.thread = new Thread(this::run, "cycle-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until it hears control.
     *
     * @throws CommandFailure with exit code 2 when control is silent.
     */
    void awaitControl() {
        try {
            if (!hearing.await(HEARING_TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new CommandFailure(
                        StreamCatalog.CONTROL_STATE.name() + ": silent for " + HEARING_TIMEOUT_S
                                + " s, must be heard; look at control-node status" + directory.nameOption(),
                        NodeCommand.EXIT_USAGE);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it heard; once it is closed. */
    LatenessSamples samples() {
        return samples;
    }

    /** Messages that it missed itself; once it is closed. */
    long unseen() {
        return cycles.unseen();
    }

    @Override
    public void close() {
        ending.countDown();
        ThreadEnd.await(thread);
    }

    private void run() {
        while (!isEnding()) {
            final Optional<SessionAnchor> session = SessionAnchor.readLive(directory.sessionFile());
            if (session.isEmpty()) {
                LockSupport.parkNanos(DRIVER_LOOK_NS);
                continue;
            }
            Aeron client = null;
            try {
                client = ObserverClient.connect(directory, session.get(), error -> {});
                listen(client, session.get());
            } catch (final AeronException | IllegalStateException e) {
                // The driver has died, or has just begun: the next look finds the one that lives.
                LockSupport.parkNanos(DRIVER_LOOK_NS);
            } finally {
                CloseHelper.quietClose(client);
            }
        }
    }

    /** Until another driver carries the session. Writers go on in the dead one's logs until they have moved. */
    private void listen(final Aeron client, final SessionAnchor session) {
        final Subscription subscription = client.addSubscription(
                StreamCatalog.CONTROL_STATE.subscriptionChannel(READER), StreamCatalog.CONTROL_STATE.streamId());
        long nextLookNs = System.nanoTime() + DRIVER_LOOK_NS;
        while (!isEnding() && !client.isClosed()) {
            if (subscription.poll(this::onFragment, FRAGMENT_LIMIT) > 0) {
                continue;
            }
            LockSupport.parkNanos(POLL_NS);
            if (System.nanoTime() - nextLookNs >= 0) {
                nextLookNs = System.nanoTime() + DRIVER_LOOK_NS;
                if (SessionAnchor.readLive(directory.sessionFile())
                        .filter(present -> present.driverPid() != session.driverPid())
                        .isPresent()) {
                    return;
                }
            }
        }
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        headerDecoder.wrap(buffer, offset);
        if (headerDecoder.templateId() != JointStateDecoder.TEMPLATE_ID) {
            return;
        }
        hearing.countDown();
        decoder.wrapAndApplyHeader(buffer, offset, headerDecoder);
        cycles.onMessage(
                header.sessionId(),
                decoder.stamp().sequence(),
                decoder.cycle(),
                decoder.previousScheduledTimeNs(),
                decoder.previousWokenTimeNs());
    }

    private boolean isEnding() {
        return ending.getCount() == 0;
    }
}
