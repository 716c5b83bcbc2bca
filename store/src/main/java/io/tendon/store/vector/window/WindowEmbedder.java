package io.tendon.store.vector.window;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.Durations;
import io.tendon.schemas.JointStateDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.SessionDescriptionDecoder;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.SessionReader;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordedMessage;
import io.tendon.sessionlog.recording.TimeRange;
import io.tendon.store.StoreException;
import io.tendon.store.vector.DerivedVectors;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes a vector of each window of a session's joint states, and puts them beside what was recorded. Doing so again makes
 * the same. A window never spans two lives of control. One owner thread.
 */
public final class WindowEmbedder {
    private final Session session;
    private final long windowNs;
    private final long stepNs;
    private final DamageListener damages;
    private final Consumer<String> notices;

    /**
     * Will work on a session.
     *
     * @param session to read; it may be growing, and is read up to its end as of then.
     * @param windowNs length of a window, at least 1 ms.
     * @param stepNs from the beginning of a window to that of the next, at least 1 ms and at most a window.
     * @param damages is told of damaged ranges, which are passed over.
     * @param notices is told, in one line each, what was set right.
     */
    public WindowEmbedder(
            final Session session,
            final long windowNs,
            final long stepNs,
            final DamageListener damages,
            final Consumer<String> notices) {
        this.session = session;
        this.windowNs = windowNs;
        this.stepNs = stepNs;
        this.damages = damages;
        this.notices = notices;
    }

    /** Name of the model: what is computed, and of how long a window, since those of two lengths cannot be compared. */
    public static String model(final long windowNs) {
        return WindowFeatures.MODEL + "-" + Durations.format(windowNs);
    }

    /**
     * Reads the session and writes its windows, in place of those of the same model before.
     *
     * @return what was made.
     * @throws StoreException when the session says nothing of the robot, or the file cannot be written.
     */
    public Result embed() {
        final RobotScales scales = scales();
        final int dimension = new WindowFeatures(scales).dimension();
        final Map<Long, OpenWindows> writers = new TreeMap<>();
        try (DerivedVectors file = new DerivedVectors(session.directory(), model(windowNs), dimension, notices);
                SessionReader reader = reader(StreamCatalog.CONTROL_STATE.streamId())) {
            while (reader.next()) {
                final RecordedMessage message = reader.message();
                if (is(message, JointStateDecoder.TEMPLATE_ID)) {
                    writers.computeIfAbsent(
                                    message.recording().publicationKey(),
                                    key -> new OpenWindows(
                                            scales, session.manifest().startedNs(), windowNs, stepNs, file::add))
                            .add(message);
                }
            }
            writers.values().forEach(OpenWindows::end);
            return new Result(
                    model(windowNs),
                    dimension,
                    file.complete(),
                    writers.values().stream().mapToLong(OpenWindows::sparse).sum());
        }
    }

    private RobotScales scales() {
        try (SessionReader reader = reader(StreamCatalog.CONTROL_EVENT.streamId())) {
            while (reader.next()) {
                final RecordedMessage message = reader.message();
                if (is(message, SessionDescriptionDecoder.TEMPLATE_ID)) {
                    return RobotScales.of(message.buffer(), message.offset());
                }
            }
        }
        throw new StoreException("session " + session.directory().sessionId()
                + ": has no description of the robot (SessionDescription on control.event), without whose limits its"
                + " movements have no measure; choose a session in which control ran");
    }

    private SessionReader reader(final int streamId) {
        return new SessionReader(session.directory(), id -> id == streamId, TimeRange.ALL, damages);
    }

    private static boolean is(final RecordedMessage message, final int templateId) {
        return message.hasStamp() && MessageSchema.templateId(message.buffer(), message.offset()) == templateId;
    }

    /**
     * What was made.
     *
     * @param model in whose space the vectors lie.
     * @param dimension of each.
     * @param windows how many.
     * @param sparse windows that were left out because less than half of their samples are there.
     */
    public record Result(String model, int dimension, long windows, long sparse) {}
}
