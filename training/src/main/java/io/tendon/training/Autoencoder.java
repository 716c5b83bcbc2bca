package io.tendon.training;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A row of numbers, squeezed through a narrow layer and made again: dense layers with tanh between them, the code and the output
 * linear. Learns by Adam (Kingma and Ba, 2014) on the mean of the squared differences. StrictMath, so that every JVM learns the
 * same. One thread.
 */
final class Autoencoder {
    private static final int BATCH = 64;
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    private final int[] sizes;
    private final Layer[] layers;
    private final double[][] activations;
    private final double[][] gradients;
    private final SplittableRandom random;
    private long steps;

    /**
     * One that knows nothing.
     *
     * @param elements of a row.
     * @param hidden size of the layers on either side of the code.
     * @param code size of the narrow one.
     * @param seed of its first weights and of the order in which it is shown rows.
     */
    Autoencoder(final int elements, final int hidden, final int code, final long seed) {
        sizes = new int[] {elements, hidden, code, hidden, elements};
        random = new SplittableRandom(seed);
        layers = new Layer[sizes.length - 1];
        activations = new double[sizes.length][];
        gradients = new double[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            activations[i] = new double[sizes[i]];
            gradients[i] = new double[sizes[i]];
        }
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new Layer(sizes[i], sizes[i + 1], i % 2 == 0, random);
        }
    }

    /** Its layers, first to last. */
    Layer[] layers() {
        return layers;
    }

    /**
     * Looks at all rows once, in an order of its own.
     *
     * @param rows scaled to about 1.
     * @param rate by which it learns, above 0.
     * @return mean of the squared differences, as it was while it learnt.
     */
    double epoch(final float[][] rows, final double rate) {
        final int[] order = new int[rows.length];
        Arrays.setAll(order, i -> i);
        for (int i = order.length - 1; i > 0; i--) {
            final int other = random.nextInt(i + 1);
            final int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        double sum = 0;
        for (int from = 0; from < order.length; from += BATCH) {
            final int count = Math.min(BATCH, order.length - from);
            for (int k = 0; k < count; k++) {
                sum += learn(rows[order[from + k]]);
            }
            steps++;
            for (final Layer layer : layers) {
                layer.step(count, rate, steps);
            }
        }
        return sum / rows.length;
    }

    /** Mean of the squared differences between a row and what it makes of it. */
    double error(final float[] row) {
        forward(row);
        final double[] made = activations[layers.length];
        double squares = 0;
        for (int i = 0; i < made.length; i++) {
            final double difference = made[i] - row[i];
            squares += difference * difference;
        }
        return squares / made.length;
    }

    private double learn(final float[] row) {
        final double error = error(row);
        final double[] made = activations[layers.length];
        for (int i = 0; i < made.length; i++) {
            gradients[layers.length][i] = 2 * (made[i] - row[i]) / made.length;
        }
        for (int i = layers.length - 1; i >= 0; i--) {
            layers[i].backward(activations[i], activations[i + 1], gradients[i + 1], gradients[i]);
        }
        return error;
    }

    private void forward(final float[] row) {
        for (int i = 0; i < row.length; i++) {
            activations[0][i] = row[i];
        }
        for (int i = 0; i < layers.length; i++) {
            layers[i].forward(activations[i], activations[i + 1]);
        }
    }

    /** A dense layer: weights, and what Adam remembers of their gradients. */
    static final class Layer {
        private final int inputs;
        private final int outputs;
        private final boolean isBent;
        private final double[] weights;
        private final double[] gradient;
        private final double[] first;
        private final double[] second;

        /** The biases stand behind the weights, which are by output, then by input. */
        private Layer(final int inputs, final int outputs, final boolean isBent, final SplittableRandom random) {
            this.inputs = inputs;
            this.outputs = outputs;
            this.isBent = isBent;
            weights = new double[inputs * outputs + outputs];
            gradient = new double[weights.length];
            first = new double[weights.length];
            second = new double[weights.length];
            // Uniform, of the variance of Glorot and Bengio (2010).
            final double most = Math.sqrt(6.0 / (inputs + outputs));
            for (int i = 0; i < inputs * outputs; i++) {
                weights[i] = most * (2 * random.nextDouble() - 1);
            }
        }

        /** Numbers it takes. */
        int inputs() {
            return inputs;
        }

        /** Numbers it gives. */
        int outputs() {
            return outputs;
        }

        /** Whether tanh is taken of what it gives. */
        boolean isBent() {
            return isBent;
        }

        /** A weight. */
        double weight(final int output, final int input) {
            return weights[output * inputs + input];
        }

        /** What is added to an output. */
        double bias(final int output) {
            return weights[inputs * outputs + output];
        }

        private void forward(final double[] in, final double[] out) {
            for (int o = 0; o < outputs; o++) {
                double sum = bias(o);
                final int row = o * inputs;
                for (int i = 0; i < inputs; i++) {
                    sum += weights[row + i] * in[i];
                }
                out[o] = isBent ? StrictMath.tanh(sum) : sum;
            }
        }

        private void backward(
                final double[] in, final double[] out, final double[] outGradient, final double[] inGradient) {
            Arrays.fill(inGradient, 0);
            for (int o = 0; o < outputs; o++) {
                final double slope = isBent ? outGradient[o] * (1 - out[o] * out[o]) : outGradient[o];
                final int row = o * inputs;
                for (int i = 0; i < inputs; i++) {
                    gradient[row + i] += slope * in[i];
                    inGradient[i] += slope * weights[row + i];
                }
                gradient[inputs * outputs + o] += slope;
            }
        }

        private void step(final int rows, final double rate, final long steps) {
            final double firstScale = 1 - StrictMath.pow(FIRST_DECAY, (double) steps);
            final double secondScale = 1 - StrictMath.pow(SECOND_DECAY, (double) steps);
            for (int i = 0; i < weights.length; i++) {
                final double mean = gradient[i] / rows;
                first[i] += (1 - FIRST_DECAY) * (mean - first[i]);
                second[i] += (1 - SECOND_DECAY) * (mean * mean - second[i]);
                weights[i] -= rate * (first[i] / firstScale) / (Math.sqrt(second[i] / secondScale) + EPSILON);
                gradient[i] = 0;
            }
        }
    }
}
