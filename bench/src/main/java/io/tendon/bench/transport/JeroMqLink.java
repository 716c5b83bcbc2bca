package io.tendon.bench.transport;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A pair of JeroMQ sockets on {@code ipc://}, which this library carries over TCP on the loopback device. Read by waiting, as
 * its I/O thread needs the core that a spinning reader would take. Made and used by one thread.
 */
final class JeroMqLink implements Link {
    private static final int WAIT_MS = 5;
    private static final int LINGER_MS = 1_000;

    private final ZContext context = new ZContext(1);
    private final ZMQ.Socket socket = context.createSocket(SocketType.PAIR);
    private final UnsafeBuffer received = new UnsafeBuffer(0, 0);

    private JeroMqLink() {
        // No limit: what is under way is limited by who measures.
        socket.setHWM(0);
        socket.setLinger(LINGER_MS);
        socket.setReceiveTimeOut(WAIT_MS);
    }

    static JeroMqLink open(final LinkPlace place, final Side side) {
        final JeroMqLink link = new JeroMqLink();
        final String address = "ipc://" + place.directory().resolve("jeromq");
        if (side == Side.ECHO) {
            link.socket.bind(address);
        } else {
            link.socket.connect(address);
        }
        return link;
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        final byte[] message = new byte[lengthBytes];
        buffer.getBytes(offset, message);
        return socket.send(message, ZMQ.DONTWAIT);
    }

    @Override
    public int poll(final Receiver receiver) {
        return hand(socket.recv(), receiver);
    }

    @Override
    public int pollNow(final Receiver receiver) {
        return hand(socket.recv(ZMQ.DONTWAIT), receiver);
    }

    @Override
    public void close() {
        context.close();
    }

    private int hand(final byte @Nullable [] message, final Receiver receiver) {
        if (message == null) {
            return 0;
        }
        received.wrap(message);
        receiver.onMessage(received, 0, message.length);
        return 1;
    }
}
