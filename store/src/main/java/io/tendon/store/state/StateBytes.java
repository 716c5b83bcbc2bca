package io.tendon.store.state;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.util.ReadResolvable;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;
import org.jspecify.annotations.Nullable;

/**
 * Hands bytes to Chronicle Map and back as they are. Its own ways, value interfaces above all, have been seen to corrupt
 * neighbours. Stateless; any thread.
 */
final class StateBytes implements SizedReader<byte[]>, SizedWriter<byte[]>, ReadResolvable<StateBytes> {
    /** The one. */
    static final StateBytes INSTANCE = new StateBytes();

    private StateBytes() {}

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public byte[] read(final Bytes in, final long lengthBytes, final byte @Nullable [] using) {
        final byte[] bytes = using != null && using.length == lengthBytes ? using : new byte[(int) lengthBytes];
        in.read(bytes);
        return bytes;
    }

    @Override
    public long size(final byte[] bytes) {
        return bytes.length;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public void write(final Bytes out, final long lengthBytes, final byte[] bytes) {
        out.write(bytes);
    }

    @Override
    public StateBytes readResolve() {
        return INSTANCE;
    }

    @Override
    public void readMarshallable(final WireIn in) {
        // Nothing of it differs.
    }

    @Override
    public void writeMarshallable(final WireOut out) {
        // Nothing of it differs.
    }
}
