/**
 * Models that judge windows: an ONNX file with a manifest beside it, not code.
 *
 * <pre>
 *  fusion's loop:       Window, estimate -> WindowFeatures -> WindowFeed --+
 *                                                                          | WindowHandOver: one place, taken or not
 *  inference's thread:  ScoreListener &lt;- OnnxModel &lt;- InferenceThread &lt;----+
 * </pre>
 *
 * <p>{@link io.tendon.fusion.inference.ModelFile} is what a manifest says, {@link
 * io.tendon.fusion.inference.WindowFeatures} what a model is shown, {@link io.tendon.fusion.inference.OnnxModel} the one
 * class that runs it. The loop hands a window over and goes on, whatever the model does: while the model is busy, windows
 * are skipped and counted. A model that fails is isolated: it is asked no more, and nothing else changes. Read {@link
 * io.tendon.fusion.inference.InferenceThread} first. Knows neither the bus nor the codecs.
 */
@NullMarked
package io.tendon.fusion.inference;

import org.jspecify.annotations.NullMarked;
