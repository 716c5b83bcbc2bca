package io.tendon.fusion.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.tendon.bus.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.IoUtil;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's own library, which comes inside its jar. It is unpacked into the robot's directory in memory, or where
 * that may not hold programs (mounted noexec) into {@code java.io.tmpdir}, loaded, and its file removed at once: only a kill
 * in that very moment leaves it behind. {@code -Donnxruntime.native.path=DIR} names a directory that has it already.
 *
 * <p>The environment is held until the process ends. ONNX Runtime's Java side lets go of it in a shutdown hook, that is when
 * SIGTERM comes, while our nodes still go on to bring the arm to rest: a model that failed then would end the process with
 * a segmentation fault (seen with 1.28.0). Main thread, once.
 */
final class OnnxLibrary {
    private static final String PATH_PROPERTY = "onnxruntime.native.path";
    private static final String CORE = "libonnxruntime.so";
    private static final List<String> FILES = List.of(CORE, "libonnxruntime4j_jni.so");
    private static final String LOG_NAME = "tendon";
    private static final String SCRATCH_NAMES = "onnxruntime-java*";

    /** Of the C interface, which only ever grows: any release since the first gives this one. */
    private static final int API_VERSION = 1;
    /** Place of CreateEnv in it. */
    private static final int CREATE_ENV = 3;

    private static @Nullable OrtEnvironment environment;

    private OnnxLibrary() {}

    /**
     * The environment, loaded when it is not yet.
     *
     * @param memoryDirectory of the robot; it exists.
     * @return the one environment of the process.
     * @throws ConfigException when the library cannot be had on this machine, saying why and what to do.
     */
    static synchronized OrtEnvironment environment(final Path memoryDirectory) {
        OrtEnvironment loaded = environment;
        if (loaded == null) {
            loaded = load(memoryDirectory);
            environment = loaded;
        }
        return loaded;
    }

    private static OrtEnvironment load(final Path memoryDirectory) {
        final String given = System.getProperty(PATH_PROPERTY);
        if (given != null) {
            return begin(Path.of(given));
        }
        final List<String> refusals = new ArrayList<>();
        for (final Path root : List.of(memoryDirectory, temporary())) {
            try {
                return unpackAndBegin(root);
            } catch (final IOException | UnsatisfiedLinkError e) {
                refusals.add(root + ": " + e.getMessage());
            }
        }
        throw refused(String.join("; ", refusals), null);
    }

    private static OrtEnvironment unpackAndBegin(final Path root) throws IOException {
        final Path directory = Files.createTempDirectory(root, "onnxruntime-");
        try {
            for (final String file : FILES) {
                unpack(file, directory.resolve(file));
            }
            // Before ONNX Runtime's own attempt, of which a failure would be its last.
            for (final String file : FILES) {
                System.load(directory.resolve(file).toString());
            }
            System.setProperty(PATH_PROPERTY, directory.toString());
            return begin(directory);
        } finally {
            System.clearProperty(PATH_PROPERTY);
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private static void unpack(final String file, final Path to) throws IOException {
        final String resource = "/ai/onnxruntime/native/" + platform() + '/' + file;
        try (InputStream in = OrtEnvironment.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("onnxruntime's jar has no " + resource);
            }
            Files.copy(in, to);
        }
    }

    private static String platform() {
        final String architecture = System.getProperty("os.arch", "");
        return switch (architecture) {
            case "amd64", "x86_64" -> "linux-x64";
            case "aarch64" -> "linux-aarch64";
            default -> "linux-" + architecture;
        };
    }

    private static OrtEnvironment begin(final Path directory) {
        try {
            final Set<Path> before = scratchDirectories();
            final OrtEnvironment begun =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, LOG_NAME);
            removeScratchSince(before);
            begun.setTelemetry(false);
            hold(directory.resolve(CORE));
            return begun;
        } catch (final OrtException | IllegalStateException | LinkageError e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    /** ONNX Runtime makes an empty directory that it does not need here, and removes it only when no signal ends us. */
    private static void removeScratchSince(final Set<Path> before) {
        final Set<Path> made = scratchDirectories();
        made.removeAll(before);
        // Of two, one is another process's.
        if (made.size() == 1) {
            made.forEach(scratch -> IoUtil.deleteIfExists(scratch.toFile(), notEmpty -> {}));
        }
    }

    private static Set<Path> scratchDirectories() {
        final Set<Path> found = new HashSet<>();
        try (DirectoryStream<Path> scratch = Files.newDirectoryStream(temporary(), SCRATCH_NAMES)) {
            scratch.forEach(found::add);
        } catch (final IOException | DirectoryIteratorException e) {
            // A directory that cannot be listed is not tidied up.
            found.clear();
        }
        return found;
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    }

    /** One reference more than ONNX Runtime's shutdown hook gives back. */
    private static void hold(final Path core) {
        final NativeLibrary library =
                NativeLibrary.getInstance(core.toAbsolutePath().toString());
        final Pointer base = library.getFunction("OrtGetApiBase").invokePointer(new Object[0]);
        final Pointer api = Function.getFunction(base.getPointer(0)).invokePointer(new Object[] {API_VERSION});
        final PointerByReference held = new PointerByReference();
        final Pointer fault = Function.getFunction(api.getPointer((long) CREATE_ENV * Native.POINTER_SIZE))
                .invokePointer(new Object[] {OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR.getValue(), LOG_NAME, held});
        if (fault != null) {
            throw new IllegalStateException("ONNX Runtime does not let its environment be held");
        }
    }

    private static ConfigException refused(final String why, final @Nullable Throwable cause) {
        return new ConfigException(
                "model",
                "ONNX Runtime",
                "must be loaded (" + why + ")",
                "let the robot's directory or java.io.tmpdir hold programs, or run without --model",
                cause);
    }
}
