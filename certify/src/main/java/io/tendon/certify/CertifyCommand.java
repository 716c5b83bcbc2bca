package io.tendon.certify;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.config.NodeOptions;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.connection.SessionAnchor;
import io.tendon.bus.cycle.CpuSet;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.doctor.Doctor;
import io.tendon.bus.doctor.Machine;
import io.tendon.bus.signal.StopSignal;
import io.tendon.certify.certificate.Certificate;
import io.tendon.certify.certificate.Certification;
import io.tendon.certify.certificate.CertifyConfig;
import io.tendon.certify.certificate.Verdict;
import io.tendon.certify.certificate.VerdictLine;
import io.tendon.certify.page.CertificateJson;
import io.tendon.certify.page.CertificatePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves on this machine that storage cannot stall control, or shows that it can. */
@Command(
        name = "tendon-certify",
        description = {
            "Runs a robot of this installation, does to its storage and its processes what may happen to them, and holds"
                    + " control's punctuality and the bus's losses to bars.",
            "Nothing else should run on the machine meanwhile; about ten minutes."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = NodeCommand.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line of the verdict is kept",
            "1:one is not, or something could not be run",
            "2:the command line cannot be used"
        })
public final class CertifyCommand implements Callable<Integer> {
    private static final int RT_PRIORITY = 80;
    private static final long STOP_GRACE_S = 240;

    @Mixin
    private NodeOptions options = new NodeOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "certificate.html",
            description = "The page, self-contained (default: ${DEFAULT-VALUE}).")
    private Path page = Path.of("certificate.html");

    @Option(names = "--json", paramLabel = "FILE", description = "The same as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--quick",
            description =
                    "Under five minutes: the shared-pool design, stalls, SIGSTOP and kill of the recorder alone; the"
                            + " lines that it leaves out are named.")
    private boolean isQuick;

    @Option(names = "--tethered", description = "Certify the design without isolation, which has to come out red.")
    private boolean isTethered;

    @Option(
            names = "--rt",
            paramLabel = "MODE",
            defaultValue = "prefer",
            description = "Real-time scheduling: off, prefer or require (default: ${DEFAULT-VALUE}).")
    private RtMode rt = RtMode.PREFER;

    @Option(
            names = "--phase",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Durations.Converter.class,
            description = "Length of a measured stretch, 5s to 30s (default: ${DEFAULT-VALUE}).")
    private long phaseNs;

    @Option(
            names = "--stall",
            paramLabel = "TIME",
            defaultValue = "47ms",
            converter = Durations.Converter.class,
            description = "How long storage stalls each second, 30ms to 900ms (default: ${DEFAULT-VALUE}).")
    private long stallNs;

    /** Called by {@link #main} and Picocli. */
    public CertifyCommand() {}

    /**
     * Certifies.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(NodeCommand.execute(new CertifyCommand(), args));
    }

    @Override
    public Integer call() throws IOException {
        requireRange("phase", phaseNs, 5_000_000_000L, 30_000_000_000L);
        requireRange("stall", stallNs, 30_000_000L, 900_000_000L);
        final Path pageFile = writable("out", page);
        final Path jsonFile = json == null ? null : writable("json", json);
        final Path work = Path.of("/dev/shm")
                .resolve("tendon-certify-" + ProcessHandle.current().pid());
        final CertifyConfig config = new CertifyConfig(
                Path.of(System.getProperty(NodeCommand.HOME_PROPERTY, ".")),
                options.name() + "-certify",
                options.dataDirectory().resolve("certificate"),
                work,
                isQuick,
                isTethered,
                rt,
                CpuSet.controlCore(CpuSet.onlineCount()),
                stallNs,
                phaseNs);
        final Certificate certificate = certify(config);
        final Verdict verdict = Verdict.of(certificate);
        Files.writeString(pageFile, CertificatePage.render(certificate, verdict));
        if (jsonFile != null) {
            CertificateJson.write(certificate, verdict, jsonFile);
        }
        print(verdict, pageFile);
        return verdict.isGreen() ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }

    private static Certificate certify(final CertifyConfig config) {
        try (StopSignal stop = new StopSignal(STOP_GRACE_S)) {
            stop.interruptOnStop(Thread.currentThread(), () -> say("stopping what runs, no verdict"));
            try {
                final Certificate certificate = new Certification(
                                config,
                                MachineText.describe(),
                                Doctor.examine(Machine.thisOne(), RT_PRIORITY),
                                CertifyCommand::say)
                        .run();
                deleteRobots(config);
                return certificate;
            } finally {
                // Before the signal is let go, which ends the process.
                IoUtil.delete(config.workDirectory().toFile(), true);
                if (stop.isStopped()) {
                    deleteRobots(config);
                }
            }
        }
    }

    /** What their robots leave in memory, whose logs are kept only where something failed. */
    private static void deleteRobots(final CertifyConfig config) {
        for (final String suffix : List.of("", CertifyConfig.LOOP_SUFFIX, CertifyConfig.PUBLISH_SUFFIX)) {
            final RuntimeDirectory directory = RuntimeDirectory.of(config.name() + suffix);
            if (SessionAnchor.readLive(directory.sessionFile()).isEmpty()) {
                IoUtil.delete(directory.directory().toFile(), true);
            }
        }
    }

    private static void print(final Verdict verdict, final Path pageFile) {
        for (final VerdictLine line : verdict.lines()) {
            System.out.println((line.isKept() ? "kept    " : "BROKEN  ") + line.line());
            System.out.println("        " + line.value() + "; bar: " + line.bar());
        }
        verdict.leftOut().forEach(line -> System.out.println("left out  " + line));
        System.out.println(verdict.isGreen() ? "GREEN: " + pageFile : "RED: " + pageFile);
    }

    private static void say(final String line) {
        System.err.println("certify: " + line);
    }

    private static void requireRange(final String name, final long actualNs, final long leastNs, final long mostNs) {
        if (actualNs < leastNs || actualNs > mostNs) {
            throw new ConfigException(
                    name,
                    Durations.format(actualNs),
                    "must be " + Durations.format(leastNs) + " to " + Durations.format(mostNs),
                    "leave it out for the default");
        }
    }

    /** Found out now and not after ten minutes. */
    private static Path writable(final String name, final Path file) {
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
            // What was certified before must not pass for what could not be certified now.
            Files.delete(file);
            return file.toAbsolutePath();
        } catch (final IOException e) {
            throw new ConfigException(
                    name, file, "must be writable (" + e + ")", "name a file in a directory that is there", e);
        }
    }
}
