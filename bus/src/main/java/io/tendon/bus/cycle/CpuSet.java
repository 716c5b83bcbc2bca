package io.tendon.bus.cycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Sets of cores, as the kernel writes them: {@code 0-2,5}. Java's own count is of the cores that this process is spread
 * over, which leaves out those that {@code isolcpus} keeps free, and so just the one that control is for.
 */
public final class CpuSet {
    private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

    private CpuSet() {}

    /** Cores that are switched on, isolated or not, counted from 0 to the last; Java's count where /sys is not there. */
    public static int onlineCount() {
        try {
            final int count = parse(Files.readString(ONLINE)).length();
            return count == 0 ? Runtime.getRuntime().availableProcessors() : count;
        } catch (final IOException | NumberFormatException e) {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    /**
     * The core that a launcher gives to control: the last one.
     *
     * @param cores that there are.
     * @return its number, -1 where there is only one.
     */
    public static int controlCore(final int cores) {
        return cores < 2 ? -1 : cores - 1;
    }

    /**
     * Reads a set.
     *
     * @param list numbers and ranges with commas between them; blank, or {@code (null)}, is the empty set.
     * @return a bit for each core.
     * @throws NumberFormatException when it is something else.
     */
    public static BitSet parse(final String list) {
        final BitSet cpus = new BitSet();
        final String trimmed = list.trim();
        if (trimmed.isEmpty() || "(null)".equals(trimmed)) {
            return cpus;
        }
        for (final String part : trimmed.split(",")) {
            final int dash = part.indexOf('-');
            if (dash < 0) {
                cpus.set(Integer.parseInt(part));
            } else {
                cpus.set(Integer.parseInt(part.substring(0, dash)), Integer.parseInt(part.substring(dash + 1)) + 1);
            }
        }
        return cpus;
    }
}
