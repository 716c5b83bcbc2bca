package io.tendon.deploy.it.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.deploy.command.CommandCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table "I want to…" of README.md. */
record ReadmeTable(List<Row> rows) {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

    /**
     * One row.
     *
     * @param purpose what a person wants.
     * @param lines commands as one types them, those that leave their command out completed from the one before.
     * @param links files that it leads to.
     */
    record Row(String purpose, List<String> lines, List<String> links) {}

    /** Reads the table. */
    static ReadmeTable read(final Path readme) throws IOException {
        final List<Row> rows = new ArrayList<>();
        boolean isInTable = false;
        for (final String line : Files.readAllLines(readme)) {
            if (line.startsWith("## ")) {
                isInTable = line.equals("## I want to…");
            } else if (isInTable && line.startsWith("| ") && !line.startsWith("| I want to…")) {
                final String[] cells = line.split("\\|");
                assertThat(cells).as(line).hasSize(3);
                rows.add(new Row(cells[1].strip(), lines(cells[2]), all(LINK, cells[2])));
            }
        }
        return new ReadmeTable(List.copyOf(rows));
    }

    private static List<String> lines(final String cell) {
        final List<String> lines = new ArrayList<>();
        for (final String code : all(CODE, cell)) {
            final String first = code.split(" ")[0];
            if (first.contains("/") || first.equals("source") || isCommand(first)) {
                lines.add(code);
            } else {
                assertThat(lines)
                        .as(code + ": is no command, and none stands before it")
                        .isNotEmpty();
                lines.add(lines.get(lines.size() - 1).split(" ")[0] + " " + code);
            }
        }
        return List.copyOf(lines);
    }

    private static boolean isCommand(final String word) {
        return CommandCatalog.all().stream().anyMatch(command -> command.name().equals(word));
    }

    private static List<String> all(final Pattern pattern, final String text) {
        final List<String> found = new ArrayList<>();
        final Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
