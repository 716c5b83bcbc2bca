package io.tendon.persistence.recording;

import io.tendon.bus.event.EventPublisher;
import io.tendon.persistence.retention.Deletion;
import io.tendon.schemas.EventKind;
import io.tendon.schemas.Severity;
import io.tendon.sessionlog.incident.Incident;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * The thread that keeps recordings going and speaks for persistence on the bus: supervises, says how far the recording
 * is, and passes on what the log's tail found missing.
 */
public final class RecordingAgent implements Agent {
    private static final System.Logger LOG = System.getLogger(RecordingAgent.class.getName());
    private static final String NOT_PUBLISHED = "event=loss-not-published loss=";
    private static final int LOSS_CAPACITY = 1024;
    private static final int INCIDENT_CAPACITY = 64;
    private static final double NS_PER_S = 1e9;

    private final RecordingSupervisor supervisor;
    private final EventPublisher events;
    private final ProgressPublisher progress;

    // From the log's tail to this thread.
    private final ManyToOneConcurrentArrayQueue<LossReport> losses = new ManyToOneConcurrentArrayQueue<>(LOSS_CAPACITY);
    private final ManyToOneConcurrentArrayQueue<Deletion> deletions =
            new ManyToOneConcurrentArrayQueue<>(INCIDENT_CAPACITY);
    private final ManyToOneConcurrentArrayQueue<Incident> incidents =
            new ManyToOneConcurrentArrayQueue<>(INCIDENT_CAPACITY);

    /**
     * Does nothing before it runs.
     *
     * @param supervisor of the recordings, started.
     * @param events to publish.
     * @param progress to publish.
     */
    public RecordingAgent(
            final RecordingSupervisor supervisor, final EventPublisher events, final ProgressPublisher progress) {
        this.supervisor = supervisor;
        this.events = events;
        this.progress = progress;
    }

    /**
     * Hands over a loss to publish. Any thread.
     *
     * @param report of the loss; when too many wait it is only logged, and counted in the manifest as ever.
     */
    public void report(final LossReport report) {
        if (!losses.offer(report)) {
            LOG.log(System.Logger.Level.WARNING, NOT_PUBLISHED + report);
        }
    }

    /**
     * Hands over a deletion to publish. Any thread.
     *
     * @param deletion that made room; when too many wait it is only logged.
     */
    public void report(final Deletion deletion) {
        LOG.log(System.Logger.Level.INFO, "event=deleted what=\"" + deletion.text() + "\" bytes=" + deletion.bytes());
        deletions.offer(deletion);
    }

    /**
     * Hands over an incident to publish. Any thread.
     *
     * @param incident that is kept; when too many wait it is only logged, and kept as ever.
     */
    public void report(final Incident incident) {
        LOG.log(System.Logger.Level.WARNING, "event=incident id=" + incident.id() + " text=\"" + incident.text() + '"');
        incidents.offer(incident);
    }

    @Override
    public int doWork() {
        if (supervisor.isClosed()) {
            throw new AgentTerminationException("the driver or the archive is gone");
        }
        int work = supervisor.doWork(events);
        work += progress.doWork(supervisor.scan());
        work += losses.drain(this::publish, LOSS_CAPACITY);
        work += incidents.drain(this::publish, INCIDENT_CAPACITY);
        work += deletions.drain(this::publish, INCIDENT_CAPACITY);
        return work + (events.doWork() > 0 ? 1 : 0);
    }

    @Override
    public String roleName() {
        return "recording";
    }

    private void publish(final Incident incident) {
        events.event(
                EventKind.INCIDENT_KEPT,
                Severity.WARNING,
                0,
                (incident.toNs() - incident.fromNs()) / NS_PER_S,
                incident.id() + ": " + incident.text());
    }

    private void publish(final Deletion deletion) {
        events.event(EventKind.DELETED, Severity.INFO, 0, (double) deletion.bytes(), deletion.text());
    }

    private void publish(final LossReport loss) {
        final boolean isSaid = events.loss(
                loss.streamId(), loss.sessionId(), loss.firstSequence(), loss.lastSequence(), loss.reason());
        if (!isSaid) {
            LOG.log(System.Logger.Level.WARNING, NOT_PUBLISHED + loss);
        }
    }
}
