package io.tendon.fusion.inference;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Real ONNX models, built here and written beside their manifests: input {@code x} of shape [1, n], output {@code y} of
 * the same unless it says otherwise.
 */
public final class TestModels {
    private static final int FLOAT = OnnxMl.TensorProto.DataType.FLOAT_VALUE;
    private static final int INT64 = OnnxMl.TensorProto.DataType.INT64_VALUE;

    private TestModels() {}

    /** Says its input again. */
    public static byte[] identity(final int n) {
        return graph(n, n, List.of(), node("Identity", List.of("x"), "y"));
    }

    /** Says 0, whatever it sees. */
    public static byte[] zero(final int n) {
        return graph(n, n, List.of(floats("w", new long[] {1, n}, new float[n])), node("Mul", List.of("x", "w"), "y"));
    }

    /** Says one number: the mean of its input. */
    public static byte[] mean(final int n) {
        return graph(n, 1, List.of(), node("ReduceMean", List.of("x"), "y"));
    }

    /** Says its input again, by a long way: {@code chain} products with a square matrix of {@code size}. */
    public static byte[] slow(final int n, final int size, final int chain) {
        final float[] ones = new float[size * size];
        for (int i = 0; i < size; i++) {
            ones[i * size + i] = 1;
        }
        final List<OnnxMl.NodeProto> nodes = new ArrayList<>();
        nodes.add(node("MatMul", List.of("x", "in"), "h0"));
        for (int i = 0; i < chain; i++) {
            nodes.add(node("MatMul", List.of("h" + i, "square"), "h" + (i + 1)));
        }
        nodes.add(node("MatMul", List.of("h" + chain, "out"), "y"));
        return graph(
                n,
                n,
                List.of(
                        floats("in", new long[] {n, size}, diagonal(n, size)),
                        floats("square", new long[] {size, size}, ones),
                        floats("out", new long[] {size, n}, diagonal(size, n))),
                nodes.toArray(new OnnxMl.NodeProto[0]));
    }

    /** Says the root of what its input is below a limit: NaN above that. */
    public static byte[] nanAbove(final int n, final float limit) {
        return graph(
                n,
                n,
                List.of(floats("limit", new long[] {1}, limit)),
                node("Sub", List.of("limit", "x"), "below"),
                node("Sqrt", List.of("below"), "y"));
    }

    /** Looks its input up in a table of {@code size}: fails on what is not in it. */
    public static byte[] table(final int n, final int size) {
        return graph(
                n,
                n,
                List.of(floats("table", new long[] {size}, new float[size])),
                node("Cast", List.of("x"), "index").toBuilder()
                        .addAttribute(OnnxMl.AttributeProto.newBuilder()
                                .setName("to")
                                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                                .setI(INT64))
                        .build(),
                node("Gather", List.of("table", "index"), "y"));
    }

    /**
     * Writes a model and a manifest that fits it: score by reconstruction, threshold 0.5, every window, no core.
     *
     * @param directory that takes both.
     * @param model of {@link #identity} and the like.
     * @param more lines of the manifest, its fields among them; of a key that is there already they count.
     * @return the manifest.
     */
    public static Path write(final Path directory, final byte[] model, final String... more) {
        try {
            Files.write(directory.resolve("m.onnx"), model);
            final List<String> lines = new ArrayList<>(List.of(
                    "name=test",
                    "onnx=m.onnx",
                    "sha256=" + sha256(model),
                    "input=x",
                    "output=y",
                    "score=reconstruction",
                    "threshold=0.5",
                    "deadline=5ms"));
            lines.addAll(List.of(more));
            return Files.write(directory.resolve("m.properties"), lines);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(final byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static float[] diagonal(final int rows, final int columns) {
        final float[] numbers = new float[rows * columns];
        for (int i = 0; i < Math.min(rows, columns); i++) {
            numbers[i * columns + i] = 1;
        }
        return numbers;
    }

    private static byte[] graph(
            final int inputs,
            final int outputs,
            final List<OnnxMl.TensorProto> constants,
            final OnnxMl.NodeProto... nodes) {
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(OnnxMl.GraphProto.newBuilder()
                        .setName("test")
                        .addInput(tensor("x", inputs))
                        .addOutput(tensor("y", outputs))
                        .addAllInitializer(constants)
                        .addAllNode(List.of(nodes)))
                .build()
                .toByteArray();
    }

    private static OnnxMl.NodeProto node(final String operator, final List<String> inputs, final String output) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .build();
    }

    private static OnnxMl.TensorProto floats(final String name, final long[] shape, final float... numbers) {
        final OnnxMl.TensorProto.Builder tensor =
                OnnxMl.TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        for (final long length : shape) {
            tensor.addDims(length);
        }
        for (final float number : numbers) {
            tensor.addFloatData(number);
        }
        return tensor.build();
    }

    private static OnnxMl.ValueInfoProto tensor(final String name, final int elements) {
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(FLOAT)
                                .setShape(OnnxMl.TensorShapeProto.newBuilder()
                                        .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(1))
                                        .addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(elements)))))
                .build();
    }
}
