package io.tendon.certify.certificate;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real file system of a few hundred MiB, in memory, that can be filled without harm. Needs the right to mount. */
final class SmallDisk implements AutoCloseable {
    private static final String SIZE = "size=256m";
    private static final long TIMEOUT_S = 20;

    private final Path directory;

    private SmallDisk(final Path directory) {
        this.directory = directory;
    }

    /**
     * Mounts one.
     *
     * @param directory to mount it on; made here.
     * @return empty when this user may not mount.
     */
    static Optional<SmallDisk> mount(final Path directory) {
        Directories.make(directory);
        return run(List.of("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", directory.toString()))
                ? Optional.of(new SmallDisk(directory))
                : Optional.empty();
    }

    /** Where it is. */
    Path directory() {
        return directory;
    }

    /** Unmounts it; what is on it is gone. */
    @Override
    public void close() {
        if (!run(List.of("umount", directory.toString()))) {
            System.err.println(directory + ": could not be unmounted; run umount " + directory);
        }
    }

    private static boolean run(final List<String> command) {
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start();
            return process.waitFor(TIMEOUT_S, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (final IOException e) {
            return false;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
