package io.tendon.bus.publish;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.BlockHandler;
import io.tendon.bus.RealTime;
import org.agrona.CloseHelper;

/**
 * The log of one writer on one driver, with the tethered subscription that follows it: Aeron measures slow readers against
 * the fastest, and would never drop a sole one. When the driver dies and another takes over, the writer goes on in a new
 * one. Made on any thread, then its publisher's.
 *
 * @param publication of this writer alone.
 * @param pacer a tethered subscription to just that publication.
 * @param pacerImage its image, which has joined.
 */
public record WriterLog(ExclusivePublication publication, Subscription pacer, Image pacerImage)
        implements AutoCloseable {
    private static final int PACER_BLOCK_BYTES = 1 << 20;
    private static final BlockHandler DISCARD = (buffer, offset, length, sessionId, termId) -> {};

    /**
     * Follows the own log.
     *
     * @return bytes that the pacer went on.
     */
    @RealTime
    int follow() {
        return pacerImage.blockPoll(DISCARD, PACER_BLOCK_BYTES);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(pacer, publication);
    }
}
