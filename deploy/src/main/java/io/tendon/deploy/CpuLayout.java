package io.tendon.deploy;

import io.tendon.bus.cycle.CpuSet;

/**
 * Which core belongs to whom. On four cores and more control has the last one to itself, fusion has those between, and
 * driver and persistence share the first with the rest of the system; on fewer the others run where the kernel puts them.
 *
 * @param controlCpu core that control pins its loop to, -1 for none.
 * @param fusionCpus cores of fusion as taskset writes them; empty for any.
 * @param systemCpus cores of driver and persistence; empty for any.
 * @param shortfall what could not be isolated, for the user; empty when all was.
 */
record CpuLayout(int controlCpu, String fusionCpus, String systemCpus, String shortfall) {
    private static final int FULL_LAYOUT_CORES = 4;

    /**
     * The layout for a machine.
     *
     * @param cores it has.
     * @param hasTaskset whether a process can be kept to some of them.
     * @return the layout.
     */
    static CpuLayout plan(final int cores, final boolean hasTaskset) {
        if (cores < 2) {
            return new CpuLayout(-1, "", "", "one core only: control shares it with everything else");
        }
        final int last = CpuSet.controlCore(cores);
        if (cores < FULL_LAYOUT_CORES) {
            return new CpuLayout(
                    last, "", "", cores + " cores: control is pinned to core " + last + " but has it not to itself");
        }
        if (!hasTaskset) {
            return new CpuLayout(
                    last,
                    "",
                    "",
                    "no taskset command: control is pinned to core " + last + " but has it not to itself");
        }
        return new CpuLayout(last, "1-" + (last - 1), "0", "");
    }
}
