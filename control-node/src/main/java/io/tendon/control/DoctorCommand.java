package io.tendon.control;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.NodeCommand;
import io.tendon.bus.doctor.Doctor;
import io.tendon.bus.doctor.Finding;
import io.tendon.bus.doctor.FindingText;
import io.tendon.bus.doctor.Machine;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Says what keeps this machine from being a good home for a robot. Needs no robot, and changes nothing. */
@Command(
        name = "doctor",
        description = "Examines this machine: rights, kernel, cores, memory, clock, heat and power; exit code 1 when"
                + " something has to be mended.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    @Option(
            names = "--rt-priority",
            paramLabel = "NUMBER",
            defaultValue = "80",
            description = "Priority that control is to have under SCHED_FIFO, 1 to 99 (default: ${DEFAULT-VALUE}).")
    private int rtPriority;

    @Option(names = "--json", description = "One JSON array on stdout.")
    private boolean isJson;

    @Override
    public Integer call() {
        if (rtPriority < 1 || rtPriority > 99) {
            throw new ConfigException("rt-priority", rtPriority, "must be 1 to 99", "see control-node doctor --help");
        }
        final List<Finding> findings = Doctor.examine(Machine.thisOne(), rtPriority);
        if (isJson) {
            System.out.println(FindingText.json(findings));
        } else {
            FindingText.table(findings, DoctorCommand::coloured).forEach(System.out::println);
        }
        return Doctor.worst(findings) == Finding.Status.FAIL ? NodeCommand.EXIT_FAILURE : NodeCommand.EXIT_OK;
    }

    /** Colour on a terminal that wants it; Picocli looks, and respects NO_COLOR. */
    private static String coloured(final Finding.Status status, final String text) {
        return switch (status) {
            case OK -> Ansi.AUTO.string("@|green " + text + "|@");
            case WARN -> Ansi.AUTO.string("@|yellow " + text + "|@");
            case FAIL -> Ansi.AUTO.string("@|bold,red " + text + "|@");
        };
    }
}
