package io.tendon.bench.ipc;

import io.tendon.bench.transport.Link;
import io.tendon.bench.transport.LinkPlace;
import io.tendon.bench.transport.Side;
import io.tendon.bench.transport.StateMessage;
import io.tendon.bench.transport.Transport;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The process that answers: spins on its main thread until it is told that nothing more comes. */
@Command(name = "echo", description = "Answers.")
public final class EchoNode implements Callable<Integer> {
    private static final long SEND_TIMEOUT_NS = 10_000_000_000L;

    private final UnsafeBuffer answer = StateMessage.encoded();

    @Option(names = "--transport", required = true, description = "What to answer through.")
    private Transport transport = Transport.TENDON;

    @Option(names = "--robot", required = true, description = "Name of the session.")
    private String robotName = "";

    @Option(names = "--directory", required = true, description = "For files.")
    private Path directory = Path.of("");

    private long counted;
    private boolean isEnded;

    /** Called by {@link #main} and Picocli. */
    public EchoNode() {}

    /**
     * Answers.
     *
     * @param args see above.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new EchoNode(), args));
    }

    @Override
    public Integer call() {
        try (StopSignal stop = new StopSignal();
                Link link = transport.open(new LinkPlace(robotName, directory), Side.ECHO)) {
            SupervisorWatch.begin(stop, 0);
            final Link.Receiver receiver = (buffer, offset, lengthBytes) -> answer(link, buffer, offset, lengthBytes);
            while (!isEnded && !stop.isStopped()) {
                if (link.poll(receiver) == 0) {
                    Thread.onSpinWait();
                }
            }
        }
        return NodeCommand.EXIT_OK;
    }

    private void answer(final Link link, final DirectBuffer buffer, final int offset, final int lengthBytes) {
        final long purpose = Exchange.purpose(buffer, offset);
        if (purpose == Exchange.RETURN) {
            send(link, buffer, offset, lengthBytes);
        } else if (purpose == Exchange.END) {
            isEnded = true;
        } else {
            if (purpose == Exchange.COUNT) {
                counted++;
            }
            if (purpose == Exchange.COUNT_NOW || counted % Exchange.COUNT_EVERY == 0) {
                Exchange.set(answer, purpose, counted);
                send(link, answer, 0, StateMessage.LENGTH_BYTES);
            }
        }
    }

    private static void send(final Link link, final DirectBuffer buffer, final int offset, final int lengthBytes) {
        if (link.send(buffer, offset, lengthBytes)) {
            return;
        }
        final long deadlineNs = System.nanoTime() + SEND_TIMEOUT_NS;
        while (!link.send(buffer, offset, lengthBytes)) {
            if (System.nanoTime() > deadlineNs) {
                throw new IllegalStateException("no room for an answer for 10 s");
            }
            Thread.onSpinWait();
        }
    }
}
