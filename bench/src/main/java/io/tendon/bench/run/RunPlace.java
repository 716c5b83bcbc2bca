package io.tendon.bench.run;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a run may leave files while it measures, and nothing behind. Immutable.
 *
 * @param name that the names of all its robots begin with.
 * @param memory directory on tmpfs, for what the processes print; its own, need not be there.
 * @param disk directory on the disk that is measured; its own, need not be there; absolute.
 */
public record RunPlace(String name, Path memory, Path disk) {
    /** Where memory is measured. */
    public static final Path TMPFS = Path.of("/dev/shm");

    private static final long BYTES_PER_GB = 1_000_000_000L;

    /** The place of this process. */
    public static RunPlace of(final BenchOptions options) {
        final String name = "bench-" + ProcessHandle.current().pid();
        return new RunPlace(
                name, TMPFS.resolve("tendon-" + name + "-work"), options.data().resolve("tendon-" + name));
    }

    /**
     * Everything of it that is there.
     *
     * @return files and directories, those of its robots included.
     * @throws IOException when it cannot be listed.
     */
    public List<Path> own() throws IOException {
        final Path first = RuntimeDirectory.of(name).directory();
        final String robot = String.valueOf(first.getFileName());
        final List<Path> own = new ArrayList<>();
        try (Stream<Path> all = Files.list(first.getParent())) {
            all.filter(path -> isOfRobot(String.valueOf(path.getFileName()), robot))
                    .forEach(own::add);
        }
        Stream.of(memory, disk).filter(Files::exists).forEach(own::add);
        return own;
    }

    /** A robot's name is that of the run, or begins with it and a dash. */
    private static boolean isOfRobot(final String fileName, final String robot) {
        return fileName.equals(robot) || fileName.startsWith(robot + '-');
    }

    /**
     * Fails when there is too little room for what is asked for.
     *
     * @param directory on the device; need not be there.
     * @param neededBytes at least so much.
     * @param remedy what to do then.
     * @throws IOException when the device cannot be asked.
     */
    public static void requireFree(final Path directory, final long neededBytes, final String remedy)
            throws IOException {
        final long freeBytes = device(directory).getUsableSpace();
        if (freeBytes < neededBytes) {
            throw new CommandFailure(directory + ": has " + freeBytes / BYTES_PER_GB + " GB free, must have "
                    + (neededBytes + BYTES_PER_GB - 1) / BYTES_PER_GB + " GB; " + remedy);
        }
    }

    /**
     * The device that something is on, or comes to be on when it is made.
     *
     * @param path need not be there; absolute.
     * @return its device.
     * @throws IOException when it cannot be asked for.
     */
    public static FileStore device(final Path path) throws IOException {
        Path there = path;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Files.getFileStore(there);
    }
}
