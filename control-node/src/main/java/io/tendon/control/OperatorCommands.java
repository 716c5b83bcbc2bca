package io.tendon.control;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.control.link.OperatorClient;
import io.tendon.control.safety.OperatorRequest;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What an operator can ask of a running control node. Each sends one command and waits up to 2 s for the acknowledgement:
 * exit 0 when it is accepted, 1 when it is refused or nobody answers.
 */
final class OperatorCommands {
    private static final long TIMEOUT_NS = 2_000_000_000L;
    private static final System.Logger LOG = System.getLogger(OperatorCommands.class.getName());

    private OperatorCommands() {}

    private static int ask(final NodeOptions options, final Function<OperatorClient, OperatorClient.Answer> question) {
        final RuntimeDirectory directory = RuntimeDirectory.of(options.name());
        try (OperatorClient client = OperatorClient.connect(
                directory, error -> LOG.log(System.Logger.Level.WARNING, "event=bus-error exception=" + error))) {
            final OperatorClient.Answer answer = question.apply(client);
            if (!answer.isAccepted()) {
                throw new CommandFailure(answer.reason());
            }
            System.out.println("accepted, control is " + answer.safetyState());
            return NodeCommand.EXIT_OK;
        }
    }

    /** Slow down and stand. */
    @Command(
            name = "hold",
            description = "Lets the arm slow down and stand where it is; resume goes on.",
            mixinStandardHelpOptions = true)
    static final class Hold implements Callable<Integer> {
        @Mixin
        private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            return ask(options, client -> client.request(OperatorRequest.HOLD, TIMEOUT_NS));
        }
    }

    /** Follow set-points again. */
    @Command(name = "resume", description = "Lets a held arm follow set-points again.", mixinStandardHelpOptions = true)
    static final class Resume implements Callable<Integer> {
        @Mixin
        private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            return ask(options, client -> client.request(OperatorRequest.RESUME, TIMEOUT_NS));
        }
    }

    /** Stop at once. */
    @Command(
            name = "estop",
            description = "Stops the arm as fast as its acceleration limits allow; reset is needed to go on.",
            mixinStandardHelpOptions = true)
    static final class EmergencyStop implements Callable<Integer> {
        @Mixin
        private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            return ask(options, client -> client.request(OperatorRequest.ESTOP, TIMEOUT_NS));
        }
    }

    /** Leave a latched state. */
    @Command(
            name = "reset",
            description = "Leaves a stop, an emergency stop or a fault; the arm then waits for set-points.",
            mixinStandardHelpOptions = true)
    static final class Reset implements Callable<Integer> {
        @Mixin
        private NodeOptions options = new NodeOptions();

        @Override
        public Integer call() {
            return ask(options, client -> client.request(OperatorRequest.RESET, TIMEOUT_NS));
        }
    }

    /** Move one joint. */
    @Command(
            name = "jog",
            description = "Moves one joint of an arm that is held or waits, then holds it.",
            mixinStandardHelpOptions = true)
    static final class Jog implements Callable<Integer> {
        @Mixin
        private NodeOptions options = new NodeOptions();

        @Option(
                names = "--joint",
                required = true,
                paramLabel = "N|NAME",
                description = "Joint to move: its index from 0 at the base, or its name in the URDF.")
        private String joint = "";

        @Option(
                names = "--by",
                required = true,
                paramLabel = "RAD",
                description = "How far, signed: rad for a turning joint, m for a sliding one; within its limits.")
        private double by;

        @Option(
                names = "--speed",
                paramLabel = "SHARE",
                defaultValue = "0.1",
                description = "Share of the joint's velocity limit, above 0, at most 1 (default: ${DEFAULT-VALUE}).")
        private double speedFraction;

        @Override
        public Integer call() {
            if (!(speedFraction > 0 && speedFraction <= 1)) {
                throw new ConfigException(
                        "speed",
                        speedFraction,
                        "must be above 0 and at most 1",
                        "give a share of the joint's velocity limit");
            }
            if (!Double.isFinite(by)) {
                throw new ConfigException("by", by, "must be a number", "give rad, or m for a sliding joint");
            }
            return ask(options, client -> {
                final int index =
                        JointNames.read(RuntimeDirectory.of(options.name())).index(joint);
                return client.jog(index, by, speedFraction, TIMEOUT_NS);
            });
        }
    }
}
