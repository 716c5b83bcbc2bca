package io.tendon.fusion.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.tendon.bus.config.ConfigException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.CloseHelper;

/**
 * An ONNX file that runs: one thread, the caller's; tensors that are made once, outside of the heap; no arena, so that what
 * it takes while it runs it gives back. ONNX Runtime leaves about half a kilobyte of garbage an inference on the heap.
 */
public final class OnnxModel implements Model {
    private static final long[] NO_SHAPE = {};

    private final ModelFile file;
    private final OrtSession session;
    private final OrtSession.RunOptions runOptions;
    private final FloatBuffer input;
    private final FloatBuffer output;
    private final OnnxTensor inputTensor;
    private final OnnxTensor outputTensor;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final double[] offsets;
    private final double[] scales;

    private OnnxModel(final ModelFile file, final OrtEnvironment environment, final OrtSession session)
            throws OrtException {
        this.file = file;
        this.session = session;
        final int elements = file.elements();
        final long[] inputShape = shape("input", file.inputName(), session.getInputInfo(), elements);
        if (session.getNumInputs() != 1) {
            throw new ConfigException(
                    file.onnx() + ": inputs",
                    session.getInputNames(),
                    "must be " + file.inputName() + " alone",
                    "export the model with one input");
        }
        final int outputElements = file.scoreKind() == ScoreKind.RECONSTRUCTION ? elements : 1;
        final long[] outputShape = shape("output", file.outputName(), session.getOutputInfo(), outputElements);
        input = buffer(elements);
        output = buffer(outputElements);
        inputTensor = OnnxTensor.createTensor(environment, input, inputShape);
        outputTensor = OnnxTensor.createTensor(environment, output, outputShape);
        inputs = Map.of(file.inputName(), inputTensor);
        outputs = Map.of(file.outputName(), outputTensor);
        runOptions = new OrtSession.RunOptions();
        offsets = new double[elements];
        scales = new double[elements];
        int at = 0;
        for (final InputField field : file.fields()) {
            for (int i = 0; i < field.elements(); i++) {
                offsets[at] = field.offset(i);
                scales[at++] = field.scale(i);
            }
        }
    }

    /**
     * Opens the file that a manifest names, and asks it once what it makes of ordinary input.
     *
     * @param file manifest.
     * @param memoryDirectory of the robot, through which ONNX Runtime's library comes; it exists.
     * @return a model that has shown that it gives finite numbers.
     * @throws ConfigException when the file is missing or another one, is no model, has other inputs or outputs than the
     *     manifest declares, or gives no finite number; naming file, value, rule and remedy.
     */
    public static OnnxModel open(final ModelFile file, final Path memoryDirectory) {
        final OrtEnvironment environment = OnnxLibrary.environment(memoryDirectory);
        OnnxModel model = null;
        try {
            final OrtSession session = session(file, environment);
            try {
                model = new OnnxModel(file, environment, session);
            } finally {
                if (model == null) {
                    session.close();
                }
            }
            model.probe();
            return model;
        } catch (final OrtException e) {
            CloseHelper.close(model);
            throw refused(file, String.valueOf(e.getMessage()), e);
        } catch (final ModelFault e) {
            CloseHelper.close(model);
            throw refused(file, e.getMessage() + "", e);
        }
    }

    @Override
    public double score(final float[] features) throws ModelFault {
        for (int i = 0; i < offsets.length; i++) {
            input.put(i, (float) ((features[i] - offsets[i]) / scales[i]));
        }
        try {
            session.run(inputs, Set.of(), outputs, runOptions).close();
        } catch (final OrtException e) {
            throw new ModelFault("failed: " + e.getMessage(), e);
        }
        final double score = file.scoreKind() == ScoreKind.OUTPUT ? output.get(0) : reconstructionError();
        if (!Double.isFinite(score)) {
            throw new ModelFault("gave " + score + ", must give finite numbers");
        }
        return score;
    }

    @Override
    public void interrupt() {
        try {
            runOptions.setTerminate(true);
        } catch (final OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        runOptions.close();
        inputTensor.close();
        outputTensor.close();
        try {
            session.close();
        } catch (final OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OrtSession session(final ModelFile file, final OrtEnvironment environment) throws OrtException {
        try (OnnxFile onnx = OnnxFile.open(file);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setCPUArenaAllocator(false);
            options.setMemoryPatternOptimization(false);
            return environment.createSession(onnx.bytes(), options);
        }
    }

    /** What is ordinary: the offsets, and a scale to either side of them. */
    private void probe() throws ModelFault {
        final float[] features = new float[offsets.length];
        for (final int side : List.of(0, 1, -1)) {
            for (int i = 0; i < features.length; i++) {
                final double way = i % 2 == 0 ? side : -side;
                features[i] = (float) (offsets[i] + way * scales[i]);
            }
            score(features);
        }
    }

    private double reconstructionError() {
        double squares = 0;
        for (int i = 0; i < offsets.length; i++) {
            final double difference = (double) output.get(i) - input.get(i);
            squares += difference * difference;
        }
        return squares / offsets.length;
    }

    private long[] shape(final String which, final String name, final Map<String, NodeInfo> infos, final int elements) {
        final NodeInfo node = infos.get(name);
        if (node == null) {
            throw new ConfigException(
                    file.manifest() + ": " + which,
                    name,
                    "must be one of the model's " + which + "s, " + infos.keySet(),
                    "correct the manifest");
        }
        final long[] shape = node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT
                ? tensor.getShape()
                : NO_SHAPE;
        // One window at a time, where the model leaves open how many.
        if (shape.length > 0 && shape[0] == -1) {
            shape[0] = 1;
        }
        if (shape.length == 0 || Arrays.stream(shape).reduce(1, (a, b) -> a * b) != elements) {
            throw new ConfigException(
                    file.onnx() + ": " + which + ' ' + name,
                    node.getInfo(),
                    "must be float of shape [1, " + elements + "], as the fields and the score of " + file.manifest()
                            + " add up to",
                    "take the manifest that belongs to the model, or declare other fields");
        }
        return shape;
    }

    private static FloatBuffer buffer(final int elements) {
        return ByteBuffer.allocateDirect(elements * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static ConfigException refused(final ModelFile file, final String why, final Throwable cause) {
        return new ConfigException(
                "model " + file.name(),
                file.onnx(),
                "must be an ONNX file that gives finite numbers for ordinary input (" + why + ")",
                "export it again, or run without --model",
                cause);
    }
}
