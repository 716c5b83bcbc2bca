package io.tendon.bus.catalog;

import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Nearest;
import io.tendon.schemas.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every stream there is, and beside each its replay and its shadow. Rates and lengths are those of the largest robot (16
 * joints, 1 kHz); each stream uses at most half of the bound in {@link StreamSizing}, which a test holds. Immutable; any
 * thread.
 */
public final class StreamCatalog {
    /** Most joints that a robot may have. */
    public static final int MAX_JOINTS = 16;

    /** From the id of a live stream to that of its replay. */
    public static final int REPLAY_ID_OFFSET = 4000;

    /** From the id of a live stream to that of its shadow. */
    public static final int SHADOW_ID_OFFSET = 6000;

    /** Most recordings that one progress message names. */
    public static final int MAX_RECORDINGS = 64;

    private static final int MIB = 1 << 20;

    /**
     * Longest term of a replay or shadow stream. They may be refused where a live stream may not: the replay waits for
     * its readers, and nobody is moved by a shadow.
     */
    private static final int MAX_COPY_TERM_BYTES = MIB;

    private static final int EVENT_BYTES = MessageLengths.event(MessageLengths.MAX_EVENT_TEXT_BYTES, 1);

    /** Control's account of each cycle: joints, force, IMU, timing, safety state. Control to fusion and recorder. */
    public static final StreamDescriptor CONTROL_STATE =
            new StreamDescriptor("control.state", 1001, 1000, MessageLengths.jointState(MAX_JOINTS, 1), 64 * MIB, 1);

    /** What happens in control: modes, limits, faults, losses, acknowledgements. Control to all. */
    public static final StreamDescriptor CONTROL_EVENT =
            new StreamDescriptor("control.event", 1002, 100, EVENT_BYTES, 4 * MIB, 1);

    /** Where the arm should be. Fusion to control and recorder. */
    public static final StreamDescriptor FUSION_SETPOINT = new StreamDescriptor(
                    "fusion.setpoint", 1101, 100, MessageLengths.jointSetpoint(MAX_JOINTS, 1), 8 * MIB, 1)
            .ranked(RecordingRank.DERIVED);

    /** What fusion makes of each window. Fusion to recorder. */
    public static final StreamDescriptor FUSION_STATE = new StreamDescriptor(
                    "fusion.state", 1102, 100, MessageLengths.fusedState(MAX_JOINTS, 1), 8 * MIB, 1)
            .ranked(RecordingRank.DERIVED);

    /** What happens in fusion: task steps, losses. Fusion to all. */
    public static final StreamDescriptor FUSION_EVENT =
            new StreamDescriptor("fusion.event", 1103, 100, EVENT_BYTES, 4 * MIB, 1);

    /** Points in a model's space. Fusion to recorder. */
    public static final StreamDescriptor FUSION_EMBEDDING = new StreamDescriptor(
                    "fusion.embedding",
                    1104,
                    30,
                    MessageLengths.embedding(
                            MessageLengths.MAX_EMBEDDING_ELEMENTS, MessageLengths.MAX_EMBEDDING_TEXT_BYTES, 1),
                    4 * MIB,
                    1)
            .ranked(RecordingRank.BULK);

    /** What a model makes of windows. Fusion's inference to recorder. */
    public static final StreamDescriptor FUSION_INFERENCE = new StreamDescriptor(
                    "fusion.inference",
                    1105,
                    100,
                    MessageLengths.inference(MessageLengths.MAX_MODEL_NAME_BYTES, 1),
                    2 * MIB,
                    1)
            .ranked(RecordingRank.DERIVED);

    /** What operators ask. Command lines, several at once, to control and recorder. */
    public static final StreamDescriptor OPERATOR_COMMAND =
            new StreamDescriptor("operator.command", 1301, 10, MessageLengths.operatorCommand(), MIB / 4, 4);

    /** Values that are to be known under a key. Command lines and nodes, several at once, to recorder. */
    public static final StreamDescriptor STATE_ENTRY = new StreamDescriptor(
            "state.entry",
            1311,
            5,
            MessageLengths.stateEntry(MessageLengths.MAX_STATE_KEY_BYTES, MessageLengths.MAX_STATE_CONTENT_BYTES),
            MIB / 2,
            4);

    /** What happens in persistence: recordings that start and stop, losses. Persistence to all. */
    public static final StreamDescriptor PERSISTENCE_EVENT =
            new StreamDescriptor("persistence.event", 1501, 50, EVENT_BYTES, 2 * MIB, 1);

    /** How far the recording is. Persistence to all. */
    public static final StreamDescriptor PERSISTENCE_PROGRESS = new StreamDescriptor(
            "persistence.progress", 1502, 10, MessageLengths.recordingProgress(MAX_RECORDINGS), 2 * MIB, 1);

    /** Heartbeats. Every node to all. */
    public static final StreamDescriptor NODE_HEALTH =
            new StreamDescriptor("node.health", 1901, 10, MessageLengths.health(), MIB / 4, 3);

    /**
     * What commands ask of the store. It stands beside {@link #all()}: it is not recorded, and one command writes a log of
     * its own.
     */
    public static final StreamDescriptor QUERY_REQUEST =
            new StreamDescriptor("query.request", 1601, 1, StreamDescriptor.MAX_MESSAGE_BYTES, MIB / 4, 1);

    /**
     * What the store answers. It stands beside {@link #all()}: it is not recorded, and each answer is a log of its own,
     * whose writer waits for the one who asked.
     */
    public static final StreamDescriptor QUERY_RESPONSE =
            new StreamDescriptor("query.response", 1602, 1, StreamDescriptor.MAX_MESSAGE_BYTES, MIB / 4, 1);

    private static final List<StreamDescriptor> ALL = List.of(
            CONTROL_STATE,
            CONTROL_EVENT,
            FUSION_SETPOINT,
            FUSION_STATE,
            FUSION_EVENT,
            FUSION_EMBEDDING,
            FUSION_INFERENCE,
            OPERATOR_COMMAND,
            STATE_ENTRY,
            PERSISTENCE_EVENT,
            PERSISTENCE_PROGRESS,
            NODE_HEALTH);

    private StreamCatalog() {}

    /** All streams, by ascending id. Each is recorded. */
    public static List<StreamDescriptor> all() {
        return ALL;
    }

    /**
     * Place in {@link #all} of a stream, or of that whose replay or shadow it is.
     *
     * @param stream any.
     * @return from 0, -1 when it is not there.
     */
    public static int indexOf(final StreamDescriptor stream) {
        for (int i = 0; i < ALL.size(); i++) {
            final int offset = stream.streamId() - ALL.get(i).streamId();
            if (offset == 0 || offset == REPLAY_ID_OFFSET || offset == SHADOW_ID_OFFSET) {
                return i;
            }
        }
        return -1;
    }

    /** The stream of that id, or null. */
    public static @Nullable StreamDescriptor byId(final int streamId) {
        for (final StreamDescriptor stream : ALL) {
            if (stream.streamId() == streamId) {
                return stream;
            }
        }
        return null;
    }

    /** Name of the stream of that id, for a person; of one that is not in the catalog, {@code stream-ID}. */
    public static String nameOf(final int streamId) {
        final StreamDescriptor stream = byId(streamId);
        return stream == null ? "stream-" + streamId : stream.name();
    }

    /**
     * The stream of that name.
     *
     * @param name as a person typed it.
     * @return the stream.
     * @throws ConfigException naming the nearest when there is none.
     */
    public static StreamDescriptor byName(final String name) {
        for (final StreamDescriptor stream : ALL) {
            if (stream.name().equals(name)) {
                return stream;
            }
        }
        final List<String> names = ALL.stream().map(StreamDescriptor::name).toList();
        throw new ConfigException(
                "stream", name, "must be one of " + names, "did you mean " + Nearest.to(name, names) + "?");
    }

    /**
     * The stream on which a recorded stream is heard again: {@code replay.NAME}. It stands beside {@link #all()}: it is
     * not recorded, and one writer has it at a time.
     *
     * @param live one of {@link #all()}.
     * @return its replay.
     */
    public static StreamDescriptor replayOf(final StreamDescriptor live) {
        return copyOf(live, "replay.", REPLAY_ID_OFFSET);
    }

    /**
     * The stream on which a node says what it would have said on a live one, had it not listened to a replay: {@code
     * shadow.NAME}. It stands beside {@link #all()}: it is not recorded, and one writer has it at a time.
     *
     * @param live one of {@link #all()}.
     * @return its shadow.
     */
    public static StreamDescriptor shadowOf(final StreamDescriptor live) {
        return copyOf(live, "shadow.", SHADOW_ID_OFFSET);
    }

    /**
     * Refuses a writer that has no business on a stream: who replays writes replay streams alone, who listens to a replay
     * writes shadow streams alone, and nobody else writes either.
     *
     * @param node that wants to publish.
     * @param stream on which.
     * @throws IllegalArgumentException when it may not.
     */
    public static void requireWriter(final NodeId node, final StreamDescriptor stream) {
        final int offset = node == NodeId.REPLAY ? REPLAY_ID_OFFSET : node == NodeId.SHADOW ? SHADOW_ID_OFFSET : 0;
        final boolean isOfThatKind = byId(stream.streamId() - offset) != null;
        final boolean isCopy = byId(stream.streamId() - REPLAY_ID_OFFSET) != null
                || byId(stream.streamId() - SHADOW_ID_OFFSET) != null;
        if (offset == 0 ? isCopy : !isOfThatKind) {
            throw new IllegalArgumentException(
                    node + " on " + stream.name() + " (" + stream.streamId() + "): REPLAY writes replay streams alone,"
                            + " SHADOW shadow streams alone, and no other node writes either");
        }
    }

    private static StreamDescriptor copyOf(final StreamDescriptor live, final String prefix, final int idOffset) {
        if (byId(live.streamId()) == null) {
            throw new IllegalArgumentException(live.name() + ": must be a live stream, one of the catalog's");
        }
        return new StreamDescriptor(
                prefix + live.name(),
                live.streamId() + idOffset,
                live.messagesPerSecond(),
                live.messageLengthBytes(),
                Math.min(live.termLengthBytes(), MAX_COPY_TERM_BYTES),
                1,
                live.rank());
    }

    /** Shared memory that all logs of one session take, in bytes. */
    public static long sharedMemoryBytes() {
        return ALL.stream().mapToLong(StreamSizing::sharedMemoryBytes).sum();
    }
}
