package io.tendon.persistence;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.schemas.JointStateEncoder;
import io.tendon.schemas.MessageHeaderEncoder;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.SafetyState;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Publishes joint states of six joints, each with a new sequence number, as control does. One owner thread. */
final class TestWriter implements AutoCloseable {
    private static final int JOINTS = 6;

    private final BusConnection bus;
    private final MessagePublisher publisher;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final JointStateEncoder encoder = new JointStateEncoder();

    TestWriter(final BusConnection bus, final StreamDescriptor stream) {
        this.bus = bus;
        this.publisher = bus.addPublisher(stream);
    }

    long sent() {
        return publisher.sent();
    }

    long refused() {
        return publisher.refused();
    }

    void publish(final int count) {
        for (int i = 0; i < count; i++) {
            publish();
        }
    }

    /** Publishes about once a period until told to end. */
    void publishUntil(final AtomicBoolean end, final long periodNs) {
        while (!end.get()) {
            publish();
            LockSupport.parkNanos(periodNs);
        }
    }

    private void publish() {
        if (publisher.claim(MessageLengths.jointState(JOINTS, 0)).isAccepted()) {
            encoder.wrapAndApplyHeader(publisher.buffer(), publisher.offset(), header);
            encoder.stamp()
                    .sequence(publisher.sequence())
                    .captureTimeNs(bus.clock().nanoTime())
                    .source(NodeId.CONTROL);
            encoder.cycle(publisher.sequence()).safetyState(SafetyState.RUNNING);
            encoder.inputsCount(0);
            final JointStateEncoder.JointsEncoder joints = encoder.jointsCount(JOINTS);
            for (int i = 0; i < JOINTS; i++) {
                final double phase = publisher.sequence() * 1e-3 + i;
                joints.next()
                        .position(Math.sin(phase))
                        .velocity(Math.cos(phase))
                        .effort(phase / 3)
                        .commandPosition(Math.sin(phase + 1e-3))
                        .commandVelocity(Math.cos(phase + 1e-3))
                        .temperatureCelsius(40.25f);
            }
            publisher.commit();
        }
        publisher.doWork();
    }

    @Override
    public void close() {
        publisher.close();
        bus.close();
    }
}
