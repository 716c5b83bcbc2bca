package io.tendon.fusion.inference;

import io.tendon.bus.config.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;

/** The bytes of an ONNX file, mapped while they are read, and known to be those that the manifest means. */
final class OnnxFile implements AutoCloseable {
    private final MappedByteBuffer mapped;

    private OnnxFile(final MappedByteBuffer mapped) {
        this.mapped = mapped;
    }

    /**
     * Opens it.
     *
     * @param file manifest that names it.
     * @return its bytes.
     * @throws ConfigException when it is missing or another one than the manifest means.
     */
    static OnnxFile open(final ModelFile file) {
        final MappedByteBuffer mapped;
        try (FileChannel channel = FileChannel.open(file.onnx(), StandardOpenOption.READ)) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (final IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    file.manifest() + ": onnx",
                    file.onnx(),
                    "must be a readable file of less than 2 GiB (" + e + ")",
                    "put the model there, or correct the manifest",
                    e);
        }
        final OnnxFile opened = new OnnxFile(mapped);
        final String sha256 = Sha256.of(mapped.duplicate());
        if (!sha256.equals(file.sha256())) {
            opened.close();
            throw new ConfigException(
                    file.manifest() + ": sha256",
                    file.sha256(),
                    "must be that of " + file.onnx() + ", " + sha256,
                    "put the model there that the manifest was written for; of a new model, write the manifest anew,"
                            + " its threshold too");
        }
        return opened;
    }

    /** All of them, outside of the heap; valid until this is closed. */
    ByteBuffer bytes() {
        return mapped;
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }
}
