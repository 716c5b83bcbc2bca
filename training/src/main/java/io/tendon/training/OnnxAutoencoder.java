package io.tendon.training;

import ai.onnx.proto.OnnxMl;

/** An autoencoder as an ONNX file: input {@value #INPUT} and output {@value #OUTPUT}, float [1, n]; Gemm and Tanh. Stateless. */
final class OnnxAutoencoder {
    static final String INPUT = "x";
    static final String OUTPUT = "y";

    private static final int FLOAT = OnnxMl.TensorProto.DataType.FLOAT_VALUE;
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 13;

    private OnnxAutoencoder() {}

    /** Its bytes; the same weights give the same. */
    static byte[] encode(final Autoencoder model, final String name) {
        final Autoencoder.Layer[] layers = model.layers();
        final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder()
                .setName(name)
                .addInput(tensor(INPUT, layers[0].inputs()))
                .addOutput(tensor(OUTPUT, layers[layers.length - 1].outputs()));
        String from = INPUT;
        for (int i = 0; i < layers.length; i++) {
            final boolean isLast = i == layers.length - 1;
            final String sum = isLast ? OUTPUT : "sum" + i;
            graph.addInitializer(weights("w" + i, layers[i])).addInitializer(biases("b" + i, layers[i]));
            graph.addNode(OnnxMl.NodeProto.newBuilder()
                    .setOpType("Gemm")
                    .addInput(from)
                    .addInput("w" + i)
                    .addInput("b" + i)
                    .addOutput(sum)
                    .addAttribute(OnnxMl.AttributeProto.newBuilder()
                            .setName("transB")
                            .setType(OnnxMl.AttributeProto.AttributeType.INT)
                            .setI(1)));
            from = sum;
            if (layers[i].isBent()) {
                from = "bent" + i;
                graph.addNode(OnnxMl.NodeProto.newBuilder()
                        .setOpType("Tanh")
                        .addInput(sum)
                        .addOutput(from));
            }
        }
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("tendon")
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static OnnxMl.TensorProto weights(final String name, final Autoencoder.Layer layer) {
        final OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(FLOAT)
                .addDims(layer.outputs())
                .addDims(layer.inputs());
        for (int output = 0; output < layer.outputs(); output++) {
            for (int input = 0; input < layer.inputs(); input++) {
                tensor.addFloatData((float) layer.weight(output, input));
            }
        }
        return tensor.build();
    }

    private static OnnxMl.TensorProto biases(final String name, final Autoencoder.Layer layer) {
        final OnnxMl.TensorProto.Builder tensor =
                OnnxMl.TensorProto.newBuilder().setName(name).setDataType(FLOAT).addDims(layer.outputs());
        for (int output = 0; output < layer.outputs(); output++) {
            tensor.addFloatData((float) layer.bias(output));
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
