package io.tendon.bench.figures;

import io.tendon.bench.report.Bar;
import io.tendon.bench.report.Bars;
import io.tendon.bus.config.NodeCommand;
import io.tendon.certify.MachineText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a benchmark leaves behind: a file for machines, pictures, a table and one word on the terminal. Main thread. */
public final class SectionReport {
    private SectionReport() {}

    /**
     * Writes and prints it.
     *
     * @param sections that were measured.
     * @param lengths how long.
     * @param out directory for files and pictures; made when it is not there.
     * @param name of the file for machines, in it.
     * @return exit code: success when every bar is kept.
     * @throws IOException when a file cannot be written.
     */
    public static int give(final List<Section> sections, final String lengths, final Path out, final String name)
            throws IOException {
        final Path json = Files.createDirectories(out).resolve(name);
        SectionJson.write(
                sections, lengths, String.join("; ", MachineText.describe().values()), json);
        for (final Section section : sections) {
            for (final Map.Entry<String, String> picture : section.pictures().entrySet()) {
                Files.writeString(out.resolve(picture.getKey()), picture.getValue());
            }
        }
        System.out.print(SectionTable.render(sections));
        final List<Bar> bars =
                sections.stream().flatMap(section -> section.bars().stream()).toList();
        System.out.println((Bars.areKept(bars) ? "GREEN: " : "RED: ") + json);
        return Bars.areKept(bars) ? NodeCommand.EXIT_OK : NodeCommand.EXIT_FAILURE;
    }
}
