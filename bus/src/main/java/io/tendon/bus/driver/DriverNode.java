package io.tendon.bus.driver;

import io.aeron.driver.MediaDriver;
import io.tendon.bus.catalog.SharedMemoryCheck;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.errorlog.MappedErrorLog;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The bus itself: Aeron's media driver, and the session that begins with it. It makes the session's name and clock and
 * puts them where every node finds them; it ends with SIGTERM or SIGINT, last of all.
 *
 * <pre>  lock -> shared memory checked -> clock, session name -> media driver -> session.properties -> wait</pre>
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

        @Override
        public Integer call() throws IOException {
            final RuntimeDirectory directory = RuntimeDirectory.of(options.name());
            directory.create();
            try (StopSignal stop = new StopSignal();
                    DriverLock lock = DriverLock.acquire(directory)) {
                SupervisorWatch.begin(stop, ORPHAN_STOP_MS);
                Files.deleteIfExists(directory.sessionFile());
                SharedMemoryCheck.require(directory.directory());
                run(directory, stop);
                stop.exitCode(NodeCommand.EXIT_OK);
            }
            return NodeCommand.EXIT_OK;
        }

        private static void run(final RuntimeDirectory directory, final StopSignal stop) throws IOException {
            final SessionAnchor session = SessionAnchor.create();
            final MappedErrorLog errors =
                    new MappedErrorLog(directory.errorLogFile("driver"), "driver", session.clock());
            try (MediaDriver driver = MediaDriver.launch(DriverConfig.context(directory, session.clock(), errors))) {
                session.write(directory.sessionFile());
                LOG.log(
                        System.Logger.Level.INFO,
                        "event=driver-started session=" + session.sessionName() + " directory="
                                + driver.aeronDirectoryName());
                stop.await();
                Files.deleteIfExists(directory.sessionFile());
            }
        }
    }
}
