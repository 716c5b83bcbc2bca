package io.tendon.certify.fault;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code disk-full}: the file system on which the session is recorded has no byte left. It is filled with a ballast file
 * that has no name: nobody can forget it, since the kernel frees it when we close it or die, however we die.
 */
public final class DiskFull implements Fault {
    /** A larger file system is filled only when that was asked for. */
    public static final long MAX_UNASKED_BYTES = 1L << 30;

    private static final int CHUNK_BYTES = 1 << 20;
    private static final int SMALL_CHUNK_BYTES = 512;
    private static final double BYTES_PER_MIB = 1 << 20;

    private final boolean isLargeAllowed;
    private @Nullable FileChannel ballast;
    private List<String> account = List.of();

    /**
     * Fills nothing yet.
     *
     * @param isLargeAllowed whether a file system of more than {@link #MAX_UNASKED_BYTES} may be filled, too.
     */
    public DiskFull(final boolean isLargeAllowed) {
        this.isLargeAllowed = isLargeAllowed;
    }

    @Override
    public String name() {
        return "disk-full";
    }

    @Override
    public String description() {
        return "the file system of the recording is filled to the last byte, and emptied at the end";
    }

    @Override
    public Set<Rule> rules() {
        return EnumSet.of(
                Rule.CONTROL_REFUSED_NOTHING, Rule.FUSION_MISSED_NOTHING, Rule.NOBODY_ELSE_DIED, Rule.RECOVERED);
    }

    @Override
    public void check(final FaultTarget robot) {
        final Path directory = robot.sessionDirectory();
        try {
            final FileStore store = Files.getFileStore(directory);
            if (store.getTotalSpace() > MAX_UNASKED_BYTES && !isLargeAllowed) {
                throw new CommandFailure(tooLarge(directory, store), NodeCommand.EXIT_USAGE);
            }
        } catch (final IOException e) {
            throw new CommandFailure(directory + ": cannot be looked at (" + e + ")", NodeCommand.EXIT_USAGE);
        }
    }

    @Override
    public synchronized void begin(final FaultTarget robot) {
        check(robot);
        final Path directory = robot.sessionDirectory();
        try {
            final FileStore store = Files.getFileStore(directory);
            // Without a name from the start: the JDK unlinks such a file when it has opened it.
            final FileChannel opened = FileChannel.open(
                    directory.resolve("ballast-" + ProcessHandle.current().pid()),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            ballast = opened;
            final long bytes = fill(opened);
            account = List.of(String.format(
                    Locale.ROOT,
                    "filled %s (%s) with %.1f MiB; %d bytes are left",
                    store.name(),
                    store.type(),
                    bytes / BYTES_PER_MIB,
                    store.getUnallocatedSpace()));
        } catch (final IOException e) {
            end();
            throw new CommandFailure(directory + ": cannot be filled (" + e + ")", NodeCommand.EXIT_USAGE);
        }
    }

    @Override
    public synchronized void end() {
        final FileChannel opened = ballast;
        ballast = null;
        if (opened != null) {
            try {
                opened.close();
            } catch (final IOException e) {
                account = List.of("ballast cannot be closed (" + e + "); it goes when this process ends");
            }
        }
    }

    @Override
    public synchronized List<String> account() {
        return account;
    }

    /** Writes until nothing fits any more; the recorder takes its part meanwhile. */
    private static long fill(final FileChannel file) {
        final byte[] content = new byte[CHUNK_BYTES];
        // Not to be made smaller by a file system that compresses.
        new Random(CHUNK_BYTES).nextBytes(content);
        long written = 0;
        for (int chunkBytes = CHUNK_BYTES; chunkBytes >= SMALL_CHUNK_BYTES; chunkBytes /= 2) {
            final ByteBuffer chunkBuffer = ByteBuffer.wrap(content, 0, chunkBytes);
            try {
                while (true) {
                    chunkBuffer.rewind();
                    written += file.write(chunkBuffer);
                }
            } catch (final IOException e) {
                // No space left for a chunk of this length.
                chunkBuffer.rewind();
            }
        }
        return written;
    }

    private static String tooLarge(final Path directory, final FileStore store) throws IOException {
        return String.format(
                Locale.ROOT,
                "%s: its file system holds %.1f GiB, must be at most %d GiB unless --yes is given; run the robot on a"
                        + " small one of its own: small=$(mktemp -d) && sudo mount -t tmpfs -o size=256m,mode=1777"
                        + " tmpfs $small && launch-all.sh --data $small",
                directory,
                store.getTotalSpace() / (double) (1L << 30),
                MAX_UNASKED_BYTES >> 30);
    }
}
