package io.tendon.certify;

import io.tendon.bus.cycle.CpuSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is measured on, in a few words; the doctor says whether it is set up well. */
public final class MachineText {
    private MachineText() {}

    /** Name and value of what figures depend on, in the order in which they are shown. */
    public static Map<String, String> describe() {
        final Map<String, String> values = new LinkedHashMap<>();
        values.put("processor", processor());
        values.put("cores", Integer.toString(CpuSet.onlineCount()));
        values.put("kernel", firstLine("/proc/version"));
        values.put("Java", Runtime.version() + " " + System.getProperty("java.vm.name", ""));
        values.put("memory", firstLine("/proc/meminfo"));
        values.put("load before", firstLine("/proc/loadavg"));
        return values;
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model"))
                    .filter(line -> line.contains("name") || line.startsWith("Model"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch", ""));
        } catch (final IOException e) {
            return System.getProperty("os.arch", "");
        }
    }

    private static String firstLine(final String file) {
        try {
            return Files.readAllLines(Path.of(file)).get(0);
        } catch (final IOException e) {
            return "unknown (" + file + " cannot be read)";
        }
    }
}
