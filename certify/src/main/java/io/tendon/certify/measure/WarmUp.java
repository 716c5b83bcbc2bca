package io.tendon.certify.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Waits until a JVM has compiled what it runs: until its compiler threads have used next to no time for some seconds, seen
 * in /proc. Until then a loop's cycles are of another kind than later. Main thread.
 */
public final class WarmUp {
    private static final int QUIET_SECONDS = 5;
    private static final long SECOND_NS = 1_000_000_000L;
    /** Of a second; the kernel counts in hundredths. */
    private static final int QUIET_HUNDREDTHS = 2;

    private WarmUp() {}

    /**
     * How it went.
     *
     * @param compileHundredths hundredths of a second of compiling in each of these seconds.
     * @param isOver whether compilation was over, and not only the patience.
     */
    public record Outcome(List<Integer> compileHundredths, boolean isOver) {
        /** How many seconds it took. */
        public int durationS() {
            return compileHundredths.size();
        }
    }

    /**
     * Waits.
     *
     * @param pid of the JVM.
     * @param leastS seconds to wait at least.
     * @param mostS seconds to wait at most.
     * @return how it went.
     */
    public static Outcome await(final long pid, final int leastS, final int mostS) {
        final List<Integer> perSecond = new ArrayList<>();
        long before = compileHundredths(pid);
        int quiet = 0;
        while (perSecond.size() < mostS && (perSecond.size() < leastS || quiet < QUIET_SECONDS)) {
            Waiting.sleep(SECOND_NS);
            final long now = compileHundredths(pid);
            final int spent = (int) (now - before);
            before = now;
            perSecond.add(spent);
            quiet = spent <= QUIET_HUNDREDTHS ? quiet + 1 : 0;
        }
        return new Outcome(List.copyOf(perSecond), quiet >= QUIET_SECONDS);
    }

    /** User and system time of the compiler threads since the JVM began. */
    private static long compileHundredths(final long pid) {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (final Path thread : threads) {
                sum += compileHundredths(thread);
            }
        } catch (final IOException e) {
            // The process has ended, which its owner will see.
            return sum;
        }
        return sum;
    }

    private static long compileHundredths(final Path thread) {
        try {
            final String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
            final int nameEnd = stat.lastIndexOf(')');
            if (!stat.substring(0, nameEnd).contains("CompilerThre")) {
                return 0;
            }
            // proc(5): state is field 3, utime field 14, stime field 15.
            final String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (final IOException e) {
            return 0;
        }
    }
}
