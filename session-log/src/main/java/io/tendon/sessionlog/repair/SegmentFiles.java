package io.tendon.sessionlog.repair;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of segment files. Stateless; any thread. */
final class SegmentFiles {
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})\\.rec");

    private SegmentFiles() {}

    /** Recordings that have a file. */
    static Set<Long> recordingIds(final Path archiveDir) {
        return names(archiveDir)
                .map(name -> Long.parseLong(name.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Base positions of a recording's segments that have a file, ascending. */
    static List<Long> basePositions(final Path archiveDir, final long recordingId) {
        return names(archiveDir)
                .filter(name -> Long.parseLong(name.group(1)) == recordingId)
                .map(name -> Long.parseLong(name.group(2)))
                .sorted()
                .toList();
    }

    private static Stream<Matcher> names(final Path archiveDir) {
        final String[] names = archiveDir.toFile().list();
        return names == null
                ? Stream.empty()
                : Arrays.stream(names).map(NAME::matcher).filter(Matcher::matches);
    }
}
