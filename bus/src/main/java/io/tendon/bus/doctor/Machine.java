package io.tendon.bus.doctor;

import io.tendon.bus.clock.KernelClock;
import io.tendon.bus.cycle.CpuSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A machine as its files show it. What the files do not show is handed in, so that a machine can be examined that is only
 * a directory. Immutable; any thread.
 *
 * @param root of its file system.
 * @param sharedMemoryFreeBytes free in /dev/shm; negative when that is not there.
 * @param clock whether the kernel takes its clock for synchronised.
 * @param firmwareFlags of a Raspberry Pi, as {@code vcgencmd get_throttled} prints them; empty for what they are in the
 *     files.
 */
public record Machine(Path root, long sharedMemoryFreeBytes, KernelClock.State clock, OptionalLong firmwareFlags) {
    private static final int FIRMWARE_TIMEOUT_S = 2;
    private static final int PIECE_LENGTH = 8192;

    /** The machine that this runs on. */
    public static Machine thisOne() {
        return new Machine(Path.of("/"), freeBytes(Path.of("/dev/shm")), KernelClock.state(), askFirmware());
    }

    /** A file's text without the white space around it; empty when it cannot be read. */
    Optional<String> text(final String file) {
        return text(path(file));
    }

    /** A file's lines; none when it cannot be read. */
    List<String> lines(final String file) {
        return text(file).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** Files that match, in order of their names; none when the directory is not there. */
    List<Path> list(final String directory, final String glob) {
        return list(path(directory), glob);
    }

    /** A place on this machine. */
    Path path(final String file) {
        return root.resolve(file);
    }

    /** As above, for a place that was found. */
    static Optional<String> text(final Path file) {
        // Files of the kernel have no length, and some can be read in one piece only.
        try (InputStream in = Files.newInputStream(file)) {
            final ByteArrayOutputStream text = new ByteArrayOutputStream();
            final byte[] piece = new byte[PIECE_LENGTH];
            for (int length = in.read(piece); length > 0; length = in.read(piece)) {
                text.write(piece, 0, length);
            }
            // Some end in a zero byte.
            return Optional.of(
                    text.toString(StandardCharsets.UTF_8).replace("\u0000", "").trim());
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    /** As above, for a place that was found. */
    static List<Path> list(final Path directory, final String glob) {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, glob)) {
            files.forEach(found::add);
        } catch (final IOException | java.nio.file.DirectoryIteratorException e) {
            return found;
        }
        found.sort(null);
        return found;
    }

    /** Cores that are switched on. */
    BitSet onlineCpus() {
        return cpus("sys/devices/system/cpu/online");
    }

    /** A set of cores in a file; empty when it cannot be read. */
    BitSet cpus(final String file) {
        try {
            return text(file).map(CpuSet::parse).orElseGet(BitSet::new);
        } catch (final NumberFormatException e) {
            return new BitSet();
        }
    }

    /** The core that the launcher gives to control: the last one; -1 where there is only one. */
    int controlCpu() {
        return CpuSet.controlCore(onlineCpus().length());
    }

    /** The cores but control's, as the kernel writes them. */
    String otherCpus() {
        return controlCpu() <= 1 ? "0" : "0-" + (controlCpu() - 1);
    }

    /** Whether it has a core to spare for control: from four on. */
    boolean hasCoreToSpare() {
        return onlineCpus().cardinality() >= 4;
    }

    /** Whether it is a Raspberry Pi. */
    boolean isRaspberryPi() {
        return text("proc/device-tree/model")
                .filter(model -> model.startsWith("Raspberry Pi"))
                .isPresent();
    }

    private static long freeBytes(final Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (final IOException e) {
            return -1;
        }
    }

    private static OptionalLong askFirmware() {
        try {
            final Process process = new ProcessBuilder("vcgencmd", "get_throttled")
                    .redirectErrorStream(true)
                    .start();
            if (!process.waitFor(FIRMWARE_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return OptionalLong.empty();
            }
            final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return text.startsWith("throttled=0x")
                    ? OptionalLong.of(Long.parseLong(text.substring("throttled=0x".length()), 16))
                    : OptionalLong.empty();
        } catch (final IOException | NumberFormatException e) {
            // No such command: not a Pi, or one without it.
            return OptionalLong.empty();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }
}
