package io.tendon.sessionlog.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's random id of this boot (proc(5), /proc/sys/kernel/random/boot_id). Any thread. */
final class BootId {
    private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /** The id; empty on a system without one. */
    static String current() {
        try {
            return Files.readString(FILE).strip();
        } catch (final IOException e) {
            return "";
        }
    }
}
