package io.tendon.persistence.replay;

import io.tendon.sessionlog.recording.RecordedMessage;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Counts what a replay has published, and how punctual it was. One owner thread. */
final class ReplayTally {
    private static final long HIGHEST_NS = 3_600_000_000_000L;

    private final Map<Integer, Stream> streams = new TreeMap<>();
    private final Histogram lateness = new Histogram(1, HIGHEST_NS, 3);
    private long messages;
    private long lost;
    private long recordedNs;
    private long lastCaptureNs;
    private boolean isFollowing;
    private long firstNs;
    private long lastNs;
    private long pausedNs;

    /** Figures of one stream. */
    static final class Stream {
        private final String name;
        private long messages;
        private long bytes;
        private long lost;

        private Stream(final String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        long messages() {
            return messages;
        }

        long bytes() {
            return bytes;
        }

        long lost() {
            return lost;
        }
    }

    /** What comes next does not follow on what came before. */
    void jumped() {
        isFollowing = false;
    }

    /** Time that passed while the replay stood still, which its speed is not to be blamed for. */
    void paused(final long durationNs) {
        if (messages + lost > 0) {
            pausedNs += durationNs;
        }
    }

    /**
     * A message is done with.
     *
     * @param message that was.
     * @param isPublished else it was given up.
     * @param nowNs present time.
     * @param latenessNs against the time at which it was due; below 0 when it was due at none.
     */
    void count(final RecordedMessage message, final boolean isPublished, final long nowNs, final long latenessNs) {
        final Stream stream = streams.computeIfAbsent(
                message.recording().streamId(),
                id -> new Stream(message.recording().streamName()));
        if (isPublished) {
            messages++;
            stream.messages++;
            stream.bytes += message.lengthBytes();
        } else {
            lost++;
            stream.lost++;
        }
        if (messages + lost == 1) {
            firstNs = nowNs;
        }
        lastNs = nowNs;
        if (isFollowing) {
            recordedNs += Math.max(0, message.captureTimeNs() - lastCaptureNs);
        }
        lastCaptureNs = isFollowing ? Math.max(lastCaptureNs, message.captureTimeNs()) : message.captureTimeNs();
        isFollowing = true;
        if (latenessNs >= 0) {
            lateness.recordValue(Math.min(latenessNs, HIGHEST_NS));
        }
    }

    /** Figures by stream id. */
    Map<Integer, Stream> streams() {
        return streams;
    }

    /** Messages published. */
    long messages() {
        return messages;
    }

    /** Messages given up, because a reader held the replay up for too long. */
    long lost() {
        return lost;
    }

    /** Recorded time that was gone through, jumps left out, ns. */
    long recordedNs() {
        return recordedNs;
    }

    /** Time from the first message to the last, pauses left out, ns. */
    long elapsedNs() {
        return Math.max(0, lastNs - firstNs - pausedNs);
    }

    /** Recorded time per time that passed; 0 before two messages. */
    double speed() {
        return elapsedNs() == 0 ? 0 : (double) recordedNs / elapsedNs();
    }

    /** Whether messages were due at times. */
    boolean isPaced() {
        return lateness.getTotalCount() > 0;
    }

    /** Most by which a message came after it was due, ns. */
    long maxLatenessNs() {
        return lateness.getMaxValue();
    }

    /** 99th percentile of lateness, ns. */
    long p99LatenessNs() {
        return lateness.getValueAtPercentile(99);
    }
}
