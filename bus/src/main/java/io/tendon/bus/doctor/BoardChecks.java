package io.tendon.bus.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The board: heat and power. Source of the flags: Raspberry Pi documentation, {@code vcgencmd get_throttled}. */
final class BoardChecks {
    private static final int NOW = 0xF;
    private static final int SINCE_BOOT_SHIFT = 16;
    private static final List<String> FLAGS =
            List.of("under-voltage", "frequency capped", "throttled", "soft temperature limit");
    private static final double PI_WARM_C = 75;
    /** Raspberry Pi documentation, "Frequency management and thermal control": the clock goes down from here. */
    private static final double PI_HOT_C = 80;
    /** Other boards differ: near and at where laptop processors usually begin to slow down, 95 to 105. */
    private static final double WARM_C = 88;

    private static final double HOT_C = 97;
    private static final String WHY_HEAT = "a hot processor slows itself down, and cycles take longer than a period";
    private static final String WHY_POWER =
            "a board that gets too little voltage slows down, and fails without warning";

    private BoardChecks() {}

    static List<Finding> examine(final Machine machine) {
        return List.of(temperature(machine), power(machine));
    }

    private static Finding temperature(final Machine machine) {
        double highestC = Double.NaN;
        for (final Path zone : machine.list("sys/class/thermal", "thermal_zone*")) {
            final double milli = milliCelsius(zone);
            if (!Double.isNaN(milli)) {
                highestC = Double.isNaN(highestC) ? milli / 1000 : Math.max(highestC, milli / 1000);
            }
        }
        if (Double.isNaN(highestC)) {
            return Finding.ok("temperature", "no sensor", WHY_HEAT);
        }
        final String found = Math.round(highestC) + " C";
        final double hotC = machine.isRaspberryPi() ? PI_HOT_C : HOT_C;
        final double warmC = machine.isRaspberryPi() ? PI_WARM_C : WARM_C;
        if (highestC >= hotC) {
            return Finding.fail("temperature", found, WHY_HEAT, "cool it: a fan or a heat sink, and room for air");
        }
        return highestC >= warmC
                ? Finding.warn("temperature", found, WHY_HEAT, "cool it: a fan or a heat sink, and room for air")
                : Finding.ok("temperature", found, WHY_HEAT);
    }

    private static double milliCelsius(final Path zone) {
        try {
            return Machine.text(zone.resolve("temp")).map(Double::parseDouble).orElse(Double.NaN);
        } catch (final NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Finding power(final Machine machine) {
        if (!machine.isRaspberryPi()) {
            return Finding.ok("power", "not a Raspberry Pi", WHY_POWER);
        }
        final OptionalLong flags = flags(machine);
        if (flags.isEmpty()) {
            return Finding.warn("power", "unknown", WHY_POWER, "vcgencmd get_throttled");
        }
        final long now = flags.getAsLong() & NOW;
        final long before = flags.getAsLong() >> SINCE_BOOT_SHIFT & NOW;
        final String remedy = "use the supply made for it, a short cable, and cooling; then restart";
        if (now != 0) {
            return Finding.fail("power", names(now) + " now", WHY_POWER, remedy);
        }
        return before != 0
                ? Finding.warn("power", names(before) + " since it was started", WHY_POWER, remedy)
                : Finding.ok("power", "in order", WHY_POWER);
    }

    private static OptionalLong flags(final Machine machine) {
        if (machine.firmwareFlags().isPresent()) {
            return machine.firmwareFlags();
        }
        for (final Path soc : machine.list("sys/devices/platform", "soc*")) {
            for (final Path firmware : Machine.list(soc, "*firmware")) {
                final OptionalLong flags = flags(firmware);
                if (flags.isPresent()) {
                    return flags;
                }
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong flags(final Path firmware) {
        final String text = Machine.text(firmware.resolve("get_throttled")).orElse("");
        try {
            return OptionalLong.of(Long.parseLong(text.replaceFirst("^0x", ""), 16));
        } catch (final NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static String names(final long bits) {
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < FLAGS.size(); i++) {
            if ((bits >> i & 1) != 0) {
                names.add(FLAGS.get(i));
            }
        }
        return String.join(", ", names);
    }
}
