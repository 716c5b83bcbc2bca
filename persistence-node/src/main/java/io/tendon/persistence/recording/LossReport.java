package io.tendon.persistence.recording;

import io.tendon.schemas.LossReason;

/**
 * Messages that the recorder found missing, on their way from the thread that counts to the one that publishes.
 *
 * @param streamId that they were written to.
 * @param sessionId of the writer's life.
 * @param firstSequence first missing.
 * @param lastSequence last missing.
 * @param reason SEQUENCE_GAP inside a recording, RECORDING_GAP between two.
 */
public record LossReport(int streamId, int sessionId, long firstSequence, long lastSequence, LossReason reason) {}
