package io.tendon.bus.driver;

import io.aeron.driver.MediaDriver;
import io.tendon.bus.catalog.SharedMemoryCheck;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.ProcessLock;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.BusCounters;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.schemas.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The bus itself: Aeron's media driver, and the session that begins with it. It makes the session's name and clock and
 * puts them where every node finds them; it ends with SIGTERM or SIGINT, last of all.
 *
 * <pre>
 *   lock -> shared memory checked -> clock, session name, counters -> media driver -> session.properties -> wait
 *        -> (--continue) those of the session whose driver died, places held in the new logs --^
 * </pre>
 */
@Command(
        name = "bus-driver",
        description = "Runs the media driver of one robot, in memory only.",
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        subcommands = DriverNode.Run.class)
public final class DriverNode {
    private static final System.Logger LOG = System.getLogger(DriverNode.class.getName());
    private static final long ORPHAN_STOP_MS = 12_000;

    private DriverNode() {}

    /**
     * Starts the driver's command line.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new DriverNode(), args));
    }

    /** Runs until it is told to stop. */
    @Command(name = "run", description = "Runs the driver until SIGTERM.", mixinStandardHelpOptions = true)
    static final class Run implements Callable<Integer> {
        @Mixin
        private NodeOptions options = new NodeOptions();

        @Option(
                names = "--continue",
                description = "Go on with the session whose driver died, when there is one; the nodes that live connect"
                        + " anew (default: begin a new session).")
        private boolean isContinued;

        @Option(
                names = "--tethered",
                description = "For comparison alone: the design without isolation, in which the recorder holds the"
                        + " writers (terms of 64 KiB).")
        private boolean isTethered;

        @Override
        public Integer call() throws IOException {
            final RuntimeDirectory directory = RuntimeDirectory.of(options.name());
            directory.create();
            try (StopSignal stop = new StopSignal();
                    ProcessLock lock = DriverLock.acquire(directory)) {
                SupervisorWatch.begin(stop, ORPHAN_STOP_MS);
                final Optional<SessionAnchor> dead =
                        isContinued ? SessionAnchor.read(directory.sessionFile()) : Optional.empty();
                if (dead.isEmpty()) {
                    Files.deleteIfExists(directory.sessionFile());
                    SharedMemoryCheck.require(directory.directory());
                    BusCounters.create(directory);
                }
                new BusCounters(directory, NodeId.DRIVER).node(BusCounter.LIVES).incrementRelease();
                run(
                        directory,
                        dead.map(SessionAnchor::continued).orElseGet(() -> SessionAnchor.create(isTethered)),
                        dead.isPresent(),
                        stop);
                stop.exitCode(NodeCommand.EXIT_OK);
            }
            return NodeCommand.EXIT_OK;
        }

        private static void run(
                final RuntimeDirectory directory,
                final SessionAnchor session,
                final boolean isSuccessor,
                final StopSignal stop)
                throws IOException {
            final MappedErrorLog errors =
                    new MappedErrorLog(directory.errorLogFile("driver"), "driver", session.clock());
            try (MediaDriver driver = MediaDriver.launch(DriverConfig.context(directory, session.clock(), errors))) {
                final HeldPlaces places = isSuccessor ? new HeldPlaces(directory, session.clock(), errors) : null;
                session.write(directory.sessionFile());
                LOG.log(
                        System.Logger.Level.INFO,
                        "event=driver-started session=" + session.sessionName() + " directory="
                                + driver.aeronDirectoryName());
                if (places != null) {
                    stop.await(HeldPlaces.HOLD_NS);
                    places.close();
                }
                stop.await();
                Files.deleteIfExists(directory.sessionFile());
            }
        }
    }
}
