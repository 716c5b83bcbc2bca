package io.tendon.bus.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Threads that go before control's loop. */
final class UrgentThreadsCheck {
    private static final int FIFO = 1;
    private static final int ROUND_ROBIN = 2;
    private static final int DEADLINE = 6;
    private static final int SHOWN = 4;
    private static final String NAME = "more urgent threads";
    private static final String WHY = "they run first whenever they want to, for as long as they want to";

    private UrgentThreadsCheck() {}

    /**
     * A thread's line in /proc.
     *
     * @param name of it, without its parentheses.
     * @param rtPriority 1 to 99 under a real-time policy, 0 under any other.
     * @param policy as sched(7) numbers them.
     */
    record ThreadStat(String name, int rtPriority, int policy) {
        private static final int RT_PRIORITY = 37;
        private static final int POLICY = 38;

        /**
         * Reads it.
         *
         * @param stat as proc(5) describes /proc/PID/stat; its name, in parentheses, may hold anything.
         * @return it; empty when it is something else.
         */
        static Optional<ThreadStat> parse(final String stat) {
            final int open = stat.indexOf('(');
            final int close = stat.lastIndexOf(')');
            if (open < 0 || close < open) {
                return Optional.empty();
            }
            final String[] fields = stat.substring(close + 1).trim().split(" +");
            if (fields.length <= POLICY) {
                return Optional.empty();
            }
            try {
                return Optional.of(new ThreadStat(
                        stat.substring(open + 1, close),
                        Integer.parseInt(fields[RT_PRIORITY]),
                        Integer.parseInt(fields[POLICY])));
            } catch (final NumberFormatException e) {
                return Optional.empty();
            }
        }

        /** Whether it goes before a thread of SCHED_FIFO with this priority. */
        boolean isMoreUrgentThan(final int priority) {
            // The kernel's own means to move threads between cores: always there, and never long at work.
            if (name.startsWith("migration/")) {
                return false;
            }
            return policy == DEADLINE || ((policy == FIFO || policy == ROUND_ROBIN) && rtPriority > priority);
        }
    }

    static Finding examine(final Machine machine, final int priority) {
        final List<String> urgent = new ArrayList<>();
        boolean hasSeenAny = false;
        for (final Path process : machine.list("proc", "[0-9]*")) {
            for (final Path thread : Machine.list(process.resolve("task"), "[0-9]*")) {
                final Optional<ThreadStat> stat =
                        Machine.text(thread.resolve("stat")).flatMap(ThreadStat::parse);
                hasSeenAny |= stat.isPresent();
                stat.filter(found -> found.isMoreUrgentThan(priority))
                        .ifPresent(found -> urgent.add(found.name() + " (" + thread.getFileName() + ", "
                                + (found.policy() == DEADLINE ? "deadline" : found.rtPriority()) + ')'));
            }
        }
        if (!hasSeenAny) {
            return Finding.warn(NAME, "unknown", WHY, "mount /proc");
        }
        if (urgent.isEmpty()) {
            return Finding.ok(NAME, "none above " + priority, WHY);
        }
        final String shown = String.join(", ", urgent.subList(0, Math.min(SHOWN, urgent.size())));
        return Finding.warn(
                NAME,
                urgent.size() + " above " + priority + ": " + shown + (urgent.size() > SHOWN ? ", ..." : ""),
                WHY,
                "sudo chrt -f -p " + Math.max(1, priority - 10)
                        + " PID for each that can wait, or control-node run --rt-priority above them");
    }
}
