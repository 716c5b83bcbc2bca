package io.tendon.certify.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a JVM held its threads, all of them at a safepoint or single ones in a handshake, and for what, from its log ({@code
 * -Xlog:safepoint,handshake:file=FILE:tn}). A thread that wants to run then waits until another one has done its work.
 * Immutable.
 *
 * @param all in order.
 */
public record Safepoints(List<Safepoint> all) {
    /** For a loop of which nothing is known. */
    public static final Safepoints NONE = new Safepoints(List.of());

    private static final Pattern LINE = Pattern.compile(
            "\\[(\\d+)ns].*(?:Safepoint|Handshake) \"([^\"]+)\",.* (?:Total|Total completion time): +(\\d+) ns.*");

    /**
     * One of them.
     *
     * @param fromNs when the threads were asked to stop, ns since the epoch by the session's clock.
     * @param toNs when they were let go.
     * @param operation that it was for.
     */
    public record Safepoint(long fromNs, long toNs, String operation) {}

    /** Copies. */
    public Safepoints {
        all = List.copyOf(all);
    }

    /**
     * Reads a log.
     *
     * @param file that the JVM writes; one that is not there has none.
     * @param epochMinusSteadyNs from the steady clock to the session's.
     * @return what was in it.
     */
    public static Safepoints read(final Path file, final long epochMinusSteadyNs) {
        final List<Safepoint> found = new ArrayList<>();
        try {
            for (final String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                final Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    final long toNs = Long.parseLong(matcher.group(1)) + epochMinusSteadyNs;
                    found.add(new Safepoint(toNs - Long.parseLong(matcher.group(3)), toNs, matcher.group(2)));
                }
            }
        } catch (final IOException e) {
            return NONE;
        }
        return new Safepoints(found);
    }

    /** ns of a stretch in which threads were held. */
    long overlapNs(final long fromNs, final long toNs) {
        long sum = 0;
        for (final Safepoint safepoint : all) {
            sum += Math.max(0, Math.min(toNs, safepoint.toNs()) - Math.max(fromNs, safepoint.fromNs()));
        }
        return sum;
    }
}
