package io.tendon.bench.recording;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.tendon.bench.transport.AeronLink;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.signal.StopSignal;
import io.tendon.bus.signal.SupervisorWatch;
import io.tendon.persistence.recording.ArchiveHost;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Aeron's archive as it comes, with segments and threads like ours: it checks no sums, forces nothing to the device, and
 * holds the writer when it falls behind. A process of its own.
 */
@Command(name = "archive", description = "Records what bare Aeron publishes.")
public final class ArchiveNode implements Callable<Integer> {
    @Option(names = "--robot", required = true, description = "Name of the session.")
    private String robotName = "";

    @Option(names = "--directory", required = true, description = "For recordings.")
    private Path directory = Path.of("");

    /** Called by {@link #main} and Picocli. */
    public ArchiveNode() {}

    /**
     * Records until SIGTERM.
     *
     * @param args see above.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new ArchiveNode(), args));
    }

    @Override
    public Integer call() {
        final String aeronDirectory =
                RuntimeDirectory.of(robotName).aeronDirectory().toString();
        final AeronArchive.Context client = new AeronArchive.Context()
                .aeronDirectoryName(aeronDirectory)
                .controlRequestChannel("aeron:ipc")
                .controlResponseChannel("aeron:ipc");
        try (StopSignal stop = new StopSignal();
                Archive archive = Archive.launch(new Archive.Context()
                        .aeronDirectoryName(aeronDirectory)
                        .archiveDir(directory.toFile())
                        .threadingMode(ArchiveThreadingMode.DEDICATED)
                        .segmentFileLength(ArchiveHost.SEGMENT_LENGTH_BYTES)
                        .controlChannelEnabled(false)
                        .archiveClientContext(client.clone())
                        .replicationChannel("aeron:udp?endpoint=localhost:0"));
                AeronArchive aeronArchive = AeronArchive.connect(client.clone())) {
            SupervisorWatch.begin(stop, 0);
            aeronArchive.startRecording(AeronLink.SUBSCRIPTION_CHANNEL, AeronLink.OUT_STREAM_ID, SourceLocation.LOCAL);
            stop.await();
            stop.exitCode(NodeCommand.EXIT_OK);
        }
        return NodeCommand.EXIT_OK;
    }
}
