package io.tendon.fusion.rewindow;

import io.tendon.fusion.link.RecordedStatements;
import io.tendon.fusion.link.RecordedStatements.SaidWindow;
import io.tendon.sessionlog.recording.MessageCursor;
import org.jspecify.annotations.Nullable;

/**
 * The windows that fusion made in the run, as it said them, cut anew into windows of any whole number of slots. One owner
 * thread.
 */
final class RunWindows {
    private static final long ALL_SLOTS = -1;

    private final MessageCursor states;
    private final RecordedStatements statements = new RecordedStatements();
    private final @Nullable SaidWindow first;
    private @Nullable SaidWindow head;
    private @Nullable Integer publication;
    private boolean isHeadBegin;
    private long late;
    private long foreign;

    /**
     * What fusion said of a range of time.
     *
     * @param mask bit i is set when the sample of slot i was in one of fusion's windows.
     * @param isWhole whether fusion's windows cover all of it.
     * @param sessionId of the one life of control that they hold samples of; {@link #NO_SESSION} when of none, {@link
     *     #SEVERAL_SESSIONS} when of more than one.
     * @param beginMask bit i is set when slot i lies in the first window of a life of fusion, within which it joined
     *     control's stream somewhere.
     */
    record Cut(long mask, boolean isWhole, long sessionId, long beginMask) {
        /** No life of control; no session id is so large. */
        static final long NO_SESSION = Long.MAX_VALUE;

        /** More than one life of control; no session id is so small. */
        static final long SEVERAL_SESSIONS = Long.MIN_VALUE;
    }

    /**
     * Reads the first window.
     *
     * @param states fusion.state, by capture time.
     */
    RunWindows(final MessageCursor states) {
        this.states = states;
        first = read();
        head = first;
    }

    /** The first window; null when there is none. */
    @Nullable
    SaidWindow first() {
        return first;
    }

    /** Where the next window begins that was not cut up yet; {@link Long#MAX_VALUE} behind the last. */
    long nextStartNs() {
        return head == null ? Long.MAX_VALUE : head.startNs();
    }

    /** Samples that fusion counted as late in the windows that were cut up so far. */
    long late() {
        return late;
    }

    /** Windows that were left out, since they are not whole windows of the first one's slots. */
    long foreign() {
        return foreign;
    }

    /**
     * Cuts out what was said of the next window.
     *
     * @param startNs first capture time of it, ns since the epoch; not before that of the call before.
     * @param slots of it.
     * @param samplePeriodNs of a slot, as in {@link #first()}.
     * @return what fusion said.
     */
    Cut cut(final long startNs, final int slots, final long samplePeriodNs) {
        final long endNs = startNs + slots * samplePeriodNs;
        long mask = 0;
        long coveredNs = 0;
        long sessionId = Cut.NO_SESSION;
        boolean isOfOneLife = true;
        long beginMask = 0;
        SaidWindow said = head;
        while (said != null && said.startNs() < endNs) {
            coveredNs += Math.max(0, Math.min(endNs, said.endNs()) - Math.max(startNs, said.startNs()));
            final long part = part(said, said.mask(), startNs, slots, samplePeriodNs);
            mask |= part;
            beginMask |= isHeadBegin ? part(said, ALL_SLOTS, startNs, slots, samplePeriodNs) : 0;
            if (part != 0) {
                isOfOneLife &= sessionId == Cut.NO_SESSION || sessionId == said.sessionId();
                sessionId = said.sessionId();
            }
            if (said.endNs() > endNs) {
                break;
            }
            late += said.endNs() > startNs ? said.lateSamples() : 0;
            said = read();
            head = said;
        }
        return new Cut(mask, coveredNs == endNs - startNs, isOfOneLife ? sessionId : Cut.SEVERAL_SESSIONS, beginMask);
    }

    /** Bits of the slots of one of fusion's windows, moved to their places in another one. */
    private static long part(
            final SaidWindow said, final long bits, final long startNs, final int slots, final long samplePeriodNs) {
        long part = 0;
        for (int bit = 0; bit < said.expectedSamples(); bit++) {
            final long slot = Math.floorDiv(said.startNs() - startNs, samplePeriodNs) + bit;
            if (slot >= 0 && slot < slots && (bits & 1L << bit) != 0) {
                part |= 1L << slot;
            }
        }
        return part;
    }

    /** The next window of whole slots that begins where the one before ended, or later. */
    private @Nullable SaidWindow read() {
        final SaidWindow before = head;
        while (states.next()) {
            final SaidWindow said = states.message().hasStamp()
                    ? statements.window(
                            states.message().buffer(), states.message().offset())
                    : null;
            if (said == null) {
                continue;
            }
            if (said.isSound()
                    && (before == null || said.startNs() >= before.endNs())
                    && (first == null || said.samplePeriodNs() == first.samplePeriodNs())) {
                isHeadBegin = publication == null
                        || publication != states.message().recording().sessionId();
                publication = states.message().recording().sessionId();
                return said;
            }
            foreign++;
        }
        return null;
    }
}
