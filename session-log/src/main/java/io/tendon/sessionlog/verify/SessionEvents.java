package io.tendon.sessionlog.verify;

import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.NodeId;
import io.tendon.schemas.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session's events say that matters to whether it is whole: which nodes stopped in order, which recordings ended
 * unasked, and which logs were replaced since the driver died. One owner thread.
 */
final class SessionEvents {
    private final Map<NodeId, List<Said>> stops = new EnumMap<>(NodeId.class);
    private final Map<NodeId, Long> startedNs = new EnumMap<>(NodeId.class);
    /** What is said of a recording that is to stop is said up to that long before its last message. */
    private static final long BEFORE_STOP_NS = 1_000_000_000L;

    private final Map<Integer, List<Said>> recordingFailures = new HashMap<>();
    private final Map<Integer, Long> recordingStartedNs = new HashMap<>();
    private final Map<WriterLife, ReplacedLog> replacedLogs = new HashMap<>();

    /**
     * Takes note of an event.
     *
     * @param event as it was said.
     */
    void onEvent(final EventDecoder event) {
        final EventKind kind = event.kind();
        final NodeId node = event.stamp().source();
        final long timeNs = event.stamp().captureTimeNs();
        if (kind == EventKind.NODE_STOPPING) {
            stops.computeIfAbsent(node, key -> new ArrayList<>()).add(new Said(timeNs, text(event)));
        } else if (kind == EventKind.NODE_STARTED) {
            startedNs.merge(node, timeNs, Math::max);
        } else if (kind == EventKind.RECORDING_STOPPED && event.severity() == Severity.ERROR) {
            recordingFailures
                    .computeIfAbsent(event.code(), key -> new ArrayList<>())
                    .add(new Said(timeNs, text(event)));
        } else if (kind == EventKind.RECORDING_STARTED) {
            recordingStartedNs.merge(event.code(), timeNs, Math::max);
        } else if (kind == EventKind.LOG_REPLACED) {
            final long usedUp = (long) event.amount();
            for (final EventDecoder.InputsDecoder input : event.inputs()) {
                replacedLogs.put(
                        new WriterLife(input.streamId(), input.sessionId()),
                        new ReplacedLog(node, usedUp, input.toPosition(), timeNs));
            }
        }
    }

    /** When a node said that it stops, in a range of times; null when it did not. */
    @Nullable
    Said stop(final NodeId node, final long fromNs, final long toNs) {
        return stops.getOrDefault(node, List.of()).stream()
                .filter(said -> said.timeNs() >= fromNs && said.timeNs() <= toNs)
                .findFirst()
                .orElse(null);
    }

    /** Whether the last word of a node was that it stops. */
    boolean isStopped(final NodeId node) {
        return stop(node, startedNs.getOrDefault(node, Long.MIN_VALUE), Long.MAX_VALUE) != null;
    }

    /** The last time that a recording of a stream ended unasked or could not begin; null when it never did. */
    @Nullable
    Said recordingFailure(final int streamId) {
        final List<Said> failures = recordingFailures.getOrDefault(streamId, List.of());
        return failures.isEmpty() ? null : failures.get(failures.size() - 1);
    }

    /** Whether no recording of a stream was begun after the last failure. */
    boolean isRecordingOver(final int streamId) {
        final Said failure = recordingFailure(streamId);
        return failure != null && failure.timeNs() > recordingStartedNs.getOrDefault(streamId, Long.MIN_VALUE);
    }

    /** Why a stream was not recorded between two of its messages, as far as that was said; null when it was not. */
    @Nullable
    Said recordingFailure(final int streamId, final TimeSpan times) {
        final long fromNs = times.fromNs() == TimeSpan.UNKNOWN ? Long.MIN_VALUE : times.fromNs() - BEFORE_STOP_NS;
        final long toNs = times.toNs() == TimeSpan.UNKNOWN ? Long.MAX_VALUE : times.toNs();
        return recordingFailures.getOrDefault(streamId, List.of()).stream()
                .filter(said -> said.timeNs() >= fromNs && said.timeNs() <= toNs)
                .findFirst()
                .orElse(null);
    }

    /** Logs that were replaced, by the life that ended with them. */
    Map<WriterLife, ReplacedLog> replacedLogs() {
        return replacedLogs;
    }

    private static String text(final EventDecoder event) {
        // Groups and data are read in the order of the schema: each begins where the one before was left.
        event.inputs().forEach(input -> {});
        return event.text();
    }

    /**
     * Something that was said.
     *
     * @param timeNs ns since the epoch.
     * @param text for a person.
     */
    record Said(long timeNs, String text) {}

    /**
     * A log that ended with its driver.
     *
     * @param node that wrote it.
     * @param usedUp sequence numbers, from 0.
     * @param endPosition behind its last message; 0 when it is not known.
     * @param saidNs when its writer said so, ns since the epoch.
     */
    record ReplacedLog(NodeId node, long usedUp, long endPosition, long saidNs) {}
}
