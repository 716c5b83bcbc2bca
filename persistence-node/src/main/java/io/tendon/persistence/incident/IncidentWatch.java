package io.tendon.persistence.incident;

import io.tendon.schemas.EventDecoder;
import io.tendon.schemas.MessageHeaderDecoder;
import io.tendon.schemas.MessageSchema;
import io.tendon.schemas.SafetyState;
import io.tendon.sessionlog.incident.Incident;
import io.tendon.sessionlog.incident.IncidentCause;
import io.tendon.sessionlog.incident.IncidentFiles;
import io.tendon.sessionlog.manifest.RecordingEntry;
import io.tendon.sessionlog.recording.RecordedMessage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the recorded events, and keeps the range around each that is an incident:
 *
 * <pre>
 *   SAFETY_STATE_CHANGED to STOPPED, EMERGENCY_STOPPED, FAULTED   safety-stop
 *   DEADLINE_MISSED of so many cycles in a row                    missed-deadline
 *   NODE_STARTED by a writer that had a life before, LOG_REPLACED node-death
 *   ANOMALY                                                       anomaly
 * </pre>
 *
 * <p>What happens again before the range of its cause's last incident has ended makes that one longer. Of anomalies, which may
 * come again and again, it is enough that the ranges would overlap: then no part of the recording is kept twice, and there
 * is one incident for all of them, however many there are.
 *
 * <p>An incident is written before the place up to which the events were read is: after a kill none is missing, and one that
 * is met again has the same name. One owner thread.
 */
public final class IncidentWatch {
    private static final long WRITE_PERIOD_NS = 1_000_000_000L;

    private final IncidentFiles files;
    private final IncidentConfig config;
    private final Supplier<List<RecordingEntry>> recordings;
    private final Consumer<Incident> listener;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EventDecoder event = new EventDecoder();
    // Those that were there when this began: their events may be read once more.
    private final List<Incident> earlier;
    private final Map<IncidentCause, Incident> latest = new EnumMap<>(IncidentCause.class);
    // By name, for as long as the disk refuses them.
    private final Map<String, Incident> unwritten = new LinkedHashMap<>();
    private final Map<IncidentCause, Long> writtenToNs = new EnumMap<>(IncidentCause.class);

    /**
     * Goes on with the incidents that are there.
     *
     * @param files of the session's incidents.
     * @param config what makes one.
     * @param recordings as they stand, to know whether a writer had a life before.
     * @param listener is told of each new one.
     */
    public IncidentWatch(
            final IncidentFiles files,
            final IncidentConfig config,
            final Supplier<List<RecordingEntry>> recordings,
            final Consumer<Incident> listener) {
        this.files = files;
        this.config = config;
        this.recordings = recordings;
        this.listener = listener;
        earlier = List.copyOf(files.read(fault -> {}));
        earlier.forEach(incident -> latest.put(incident.cause(), incident));
    }

    /**
     * Looks at a message.
     *
     * @param message any, in the order of its writer.
     * @throws IOException when an incident cannot be written; it is tried again with the next {@link #flush}.
     */
    public void onMessage(final RecordedMessage message) throws IOException {
        if (!message.hasStamp()
                || MessageSchema.templateId(message.buffer(), message.offset()) != EventDecoder.TEMPLATE_ID) {
            return;
        }
        event.wrapAndApplyHeader(message.buffer(), message.offset(), header);
        final IncidentCause cause = cause(message);
        if (cause != null) {
            final String words = words();
            happened(cause, words, message.captureTimeNs());
        }
    }

    /**
     * Writes what is not written yet; to be called before the place is stored up to which events were read.
     *
     * @throws IOException when one cannot be written; the others are.
     */
    public void flush() throws IOException {
        IOException failure = null;
        for (final Incident incident : List.copyOf(unwritten.values())) {
            try {
                write(incident);
            } catch (final IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable IncidentCause cause(final RecordedMessage message) {
        return switch (event.kind()) {
            case SAFETY_STATE_CHANGED ->
                switch (SafetyState.get((short) event.code())) {
                    case STOPPED, EMERGENCY_STOPPED, FAULTED -> IncidentCause.SAFETY_STOP;
                    default -> null;
                };
            case DEADLINE_MISSED -> event.code() >= config.missedCycles() ? IncidentCause.MISSED_DEADLINE : null;
            case NODE_STARTED -> hadLifeBefore(message) ? IncidentCause.NODE_DEATH : null;
            case LOG_REPLACED -> IncidentCause.NODE_DEATH;
            case ANOMALY -> IncidentCause.ANOMALY;
            default -> null;
        };
    }

    private String words() {
        final String kind = event.kind() + " by " + event.stamp().source();
        final String number = switch (event.kind()) {
            case SAFETY_STATE_CHANGED -> ": " + SafetyState.get((short) event.code());
            case DEADLINE_MISSED -> ": " + event.code() + " cycles in a row";
            case LOG_REPLACED -> ": the media driver died";
            case ANOMALY -> ": " + event.anomaly() + (event.code() < 0 ? "" : " of joint " + event.code());
            default -> "";
        };
        for (final EventDecoder.InputsDecoder inputs = event.inputs(); inputs.hasNext(); ) {
            inputs.next();
        }
        final String text = event.text();
        return kind + number + (text.isEmpty() ? "" : ", " + text);
    }

    /** Whether the stream, which has one writer at a time, had another one before. */
    private boolean hadLifeBefore(final RecordedMessage message) {
        return recordings.get().stream()
                .anyMatch(entry -> entry.streamId() == message.recording().streamId()
                        && entry.sessionId() != message.recording().sessionId()
                        && entry.recordingId() < message.recording().recordingId());
    }

    private void happened(final IncidentCause cause, final String words, final long timeNs) throws IOException {
        final Incident last = latest.get(cause);
        if (wasMet(last, timeNs)
                || earlier.stream().anyMatch(incident -> incident.cause() == cause && wasMet(incident, timeNs))) {
            return;
        }
        final Incident incident = Incident.of(cause, words, timeNs, config.beforeNs(), config.afterNs());
        // A name holds for a millisecond.
        if (last != null
                && timeNs > last.lastNs()
                && (timeNs < last.toNs()
                        || isFlooding(incident, last)
                        || incident.id().equals(last.id()))) {
            final Incident longer = last.again(timeNs, config.afterNs());
            latest.put(cause, longer);
            unwritten.put(longer.id(), longer);
            if (longer.toNs() - writtenToNs.getOrDefault(cause, Long.MIN_VALUE / 2) >= WRITE_PERIOD_NS) {
                write(longer);
            }
            return;
        }
        if (last == null || timeNs > last.timeNs()) {
            latest.put(cause, incident);
        }
        unwritten.put(incident.id(), incident);
        // First: when the disk is full the event is all that is known of it for a while.
        listener.accept(incident);
        flush();
    }

    /** Whether it is one of a row of anomalies that would keep the same times in many incidents. */
    private static boolean isFlooding(final Incident incident, final Incident last) {
        return incident.cause() == IncidentCause.ANOMALY && incident.fromNs() < last.toNs();
    }

    /** Whether what happened is a part of an incident already. */
    private static boolean wasMet(final @Nullable Incident incident, final long timeNs) {
        return incident != null && timeNs >= incident.timeNs() && timeNs <= incident.lastNs();
    }

    private void write(final Incident incident) throws IOException {
        files.write(incident);
        unwritten.remove(incident.id());
        writtenToNs.put(incident.cause(), incident.toNs());
    }
}
