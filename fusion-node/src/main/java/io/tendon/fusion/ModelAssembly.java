package io.tendon.fusion;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.connection.BusConnection;
import io.tendon.bus.cycle.RealTimeRequest;
import io.tendon.bus.cycle.RealTimeScheduling;
import io.tendon.bus.cycle.RtMode;
import io.tendon.bus.event.EventPublisher;
import io.tendon.bus.publish.MessagePublisher;
import io.tendon.fusion.inference.GapWatch;
import io.tendon.fusion.inference.InferenceThread;
import io.tendon.fusion.inference.Model;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.fusion.inference.WindowFeatures;
import io.tendon.fusion.inference.WindowFeed;
import io.tendon.fusion.inference.WindowHandOver;
import io.tendon.fusion.link.InferenceLatency;
import io.tendon.fusion.link.InferencePublisher;
import io.tendon.fusion.link.InferenceReporter;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/**
 * A model put together with what feeds it and what says its scores:
 *
 * <pre>
 * window, estimate -> WindowFeed -> WindowHandOver -> InferenceThread -> Model
 * fusion.inference, fusion.event &lt;- InferenceReporter &lt;- WindowFeed &lt;- WindowHandOver
 * </pre>
 *
 * <p>Made and closed on the main thread, and the model with it.
 */
final class ModelAssembly implements AutoCloseable {
    private final MessagePublisher writer;
    private final WindowFeed feed;
    private final InferenceThread thread;

    /**
     * Puts it together; asks the driver, so it may wait. Its thread does not begin yet.
     *
     * @param bus of the session.
     * @param config of the node.
     * @param jointCount of the robot.
     * @param chosen that judges windows.
     * @param events of the node.
     * @param errors of the node.
     */
    ModelAssembly(
            final BusConnection bus,
            final FusionConfig config,
            final int jointCount,
            final ChosenModel chosen,
            final EventPublisher events,
            final ErrorHandler errors) {
        final ModelFile file = chosen.file();
        writer = bus.addPublisher(StreamCatalog.FUSION_INFERENCE);
        final WindowHandOver handOver = new WindowHandOver();
        feed = new WindowFeed(
                new WindowFeatures(file.fields(), jointCount, config.samplePeriodNs()),
                handOver,
                file.everyWindows(),
                new GapWatch(file.threshold().gapNs(), file.judgedWindows()),
                file.threshold(),
                new InferenceReporter(file, new InferencePublisher(writer, file), events, bus.counters(), bus.clock()));
        thread = new InferenceThread(
                chosen.model(),
                handOver,
                new InferenceLatency(bus.counters()),
                errors,
                bus.clock(),
                file.everyWindows() * config.windowNs(),
                () -> pin(file.core()));
    }

    /**
     * A model that has been opened.
     *
     * @param file what its manifest says.
     * @param model that runs; closed with the assembly.
     */
    record ChosenModel(ModelFile file, Model model) {}

    /** Begins to judge windows. */
    void start() {
        thread.start();
    }

    /** The loop's end. */
    WindowFeed feed() {
        return feed;
    }

    /** Publisher of fusion.inference, for the loop's thread. */
    MessagePublisher writer() {
        return writer;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(thread, writer);
    }

    /** A core, and nothing else: what the model costs must never stand before the loop. */
    private static void pin(final int core) {
        RealTimeScheduling.apply(RealTimeRequest.soft(RtMode.OFF, 1, core));
    }
}
