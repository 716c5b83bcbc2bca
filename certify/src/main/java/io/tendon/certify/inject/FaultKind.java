package io.tendon.certify.inject;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Nearest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Every fault that the command injects, with the options that are its own. */
enum FaultKind {
    /** Writes of the recorder block again and again. */
    DISK_STALL("--block", "--every"),
    /** Each write of the recorder takes longer. */
    DISK_SLOW("--delay"),
    /** No room for the recording. */
    DISK_FULL("--yes"),
    /** The recorder's writing thread is blocked. */
    RECORDER_BLOCK("--block"),
    /** SIGSTOP of the recorder. */
    RECORDER_STOP,
    /** Control stands still for a moment, again and again. */
    CONTROL_STALL("--block", "--every"),
    /** SIGKILL of the recorder. */
    RECORDER_KILL,
    /** SIGKILL of fusion. */
    FUSION_KILL,
    /** SIGKILL of control. */
    CONTROL_KILL,
    /** SIGKILL of the media driver. */
    DRIVER_KILL,
    /** No processor time to spare. */
    CPU_HOG("--threads"),
    /** One more reader, too slow. */
    SLOW_READER("--every"),
    /** Full collections in fusion. */
    GC_STORM,
    /** The wall clock jumps. */
    CLOCK_STEP("--step");

    private final String options;

    FaultKind(final String... options) {
        this.options = String.join(", ", options);
    }

    /**
     * The fault of that name.
     *
     * @param name as a person typed it.
     * @return the kind.
     * @throws ConfigException naming the nearest when there is none.
     */
    static FaultKind of(final String name) {
        final List<String> names = Arrays.stream(values()).map(FaultKind::text).toList();
        return Arrays.stream(values())
                .filter(kind -> kind.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        "FAULT",
                        name,
                        "must be one of " + String.join(", ", names),
                        "did you mean " + Nearest.to(name, names) + "?"));
    }

    /** Name as a person types it. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Refuses an option that another fault has.
     *
     * @param option that was given.
     * @param value of it.
     */
    void requireOption(final String option, final Object value) {
        if (!List.of(options.split(", ")).contains(option)) {
            throw new ConfigException(
                    option,
                    value,
                    "must be given only to a fault that has it; " + text()
                            + (options.isEmpty() ? " has none" : " has " + options),
                    "leave it out");
        }
    }

    /** Names for the completion of the command line. */
    static final class Names implements Iterable<String> {
        /** Called by Picocli. */
        Names() {}

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(values()).map(FaultKind::text).iterator();
        }
    }
}
