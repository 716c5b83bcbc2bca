package io.tendon.sessionlog.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All bytes of a session before it is repaired: each that a repair changes must be among what it has kept.
 *
 * @param files by their path within the session.
 */
record KeptBytes(Map<String, byte[]> files) {
    private static final Pattern SEGMENT = Pattern.compile("archive/(\\d+)-(\\d+)\\.rec");
    private static final Pattern KEPT = Pattern.compile("(\\d+)-(\\d+)-(\\d+)\\.bytes(\\.\\d+)?");

    /** Reads a session. */
    static KeptBytes of(final SessionDirectory session) throws IOException {
        return new KeptBytes(read(session));
    }

    /** Holds a session that was repaired since against this. */
    void assertKept(final SessionDirectory session) throws IOException {
        final Map<String, byte[]> after = read(session);
        final List<Range> ranges = ranges(after);
        files.forEach((name, before) -> {
            final byte[] now = after.get(name);
            assertThat(now).as("%s was deleted", name).isNotNull();
            if (now != null && !Arrays.equals(before, now)) {
                final Matcher segment = SEGMENT.matcher(name);
                if (segment.matches()) {
                    assertThat(now.length).as("%s was made shorter", name).isGreaterThanOrEqualTo(before.length);
                    assertKept(
                            name,
                            Long.parseLong(segment.group(1)),
                            Long.parseLong(segment.group(2)),
                            before,
                            now,
                            ranges);
                } else {
                    assertThat(after.entrySet())
                            .as("%s was replaced", name)
                            .anyMatch(kept -> kept.getKey()
                                            .startsWith(
                                                    "repair/" + Path.of(name).getFileName() + ".damaged")
                                    && Arrays.equals(kept.getValue(), before));
                }
            }
        });
    }

    private static void assertKept(
            final String name,
            final long recordingId,
            final long base,
            final byte[] before,
            final byte[] now,
            final List<Range> ranges) {
        for (int i = 0; i < before.length; i++) {
            final long position = base + i;
            final byte old = before[i];
            // Zeros say nothing, and are not kept where there is nothing else.
            if (old != 0
                    && old != now[i]
                    && ranges.stream().noneMatch(range -> range.holds(recordingId, position, old))) {
                throw new AssertionError(name + ": byte " + i + " was changed and is not kept");
            }
        }
    }

    private static List<Range> ranges(final Map<String, byte[]> files) {
        final List<Range> ranges = new ArrayList<>();
        files.forEach((name, bytes) -> {
            final Matcher kept = KEPT.matcher(String.valueOf(Path.of(name).getFileName()));
            if (kept.matches()) {
                assertThat(bytes).hasSize((int) (Long.parseLong(kept.group(3)) - Long.parseLong(kept.group(2))));
                ranges.add(new Range(Long.parseLong(kept.group(1)), Long.parseLong(kept.group(2)), bytes));
            }
        });
        return ranges;
    }

    private static Map<String, byte[]> read(final SessionDirectory session) throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(session.root())) {
            for (final Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(session.root().relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** What stood in a range of a {@link RecordingDescriptor recording}. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Range(long recordingId, long fromPosition, byte[] bytes) {
        boolean holds(final long ofRecordingId, final long position, final byte wanted) {
            return recordingId == ofRecordingId
                    && position >= fromPosition
                    && position < fromPosition + bytes.length
                    && bytes[(int) (position - fromPosition)] == wanted;
        }
    }
}
