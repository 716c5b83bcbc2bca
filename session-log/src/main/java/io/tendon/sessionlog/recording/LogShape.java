package io.tendon.sessionlog.recording;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a writer's frames have in common: with it each header follows from its position. Immutable; any
 * thread.
 *
 * @param streamId that was recorded.
 * @param initialTermId of the publication's log.
 * @param termLengthBytes of the publication's log; a power of two.
 */
record LogShape(int streamId, int initialTermId, int termLengthBytes) {
    private static final int TERM_MIN_LENGTH = 64 * 1024;

    private LogShape withStream(final int otherStreamId) {
        return new LogShape(otherStreamId, initialTermId, termLengthBytes);
    }

    /**
     * Counts which shapes frames fit. No checksum covers a header, so that one frame's word may be wrong: the most
     * frames decide. One owner thread.
     */
    static final class Votes {
        private final Map<LogShape, Integer> votes = new LinkedHashMap<>();

        /**
         * Takes a frame's word: for each length of a term with which it can stand where it stands.
         *
         * @param basePosition of the segment file, at which a term begins.
         * @param segmentLengthBytes of a whole segment; no term is longer.
         * @param position of the frame.
         * @param streamId that its header says.
         * @param termId that its header says.
         * @param termOffset that its header says.
         */
        void add(
                final long basePosition,
                final int segmentLengthBytes,
                final long position,
                final int streamId,
                final int termId,
                final int termOffset) {
            for (int length = TERM_MIN_LENGTH; length <= segmentLengthBytes && length > 0; length <<= 1) {
                if ((basePosition & (length - 1)) == 0 && (position & (length - 1)) == termOffset) {
                    votes.merge(new LogShape(streamId, termId - (int) (position / length), length), 1, Integer::sum);
                }
            }
        }

        /** How many frames fit the shape that most fit. */
        int most() {
            return votes.values().stream().max(Comparator.naturalOrder()).orElse(0);
        }

        private int of(final int streamId) {
            return votes.entrySet().stream()
                    .filter(vote -> vote.getKey().streamId == streamId)
                    .mapToInt(Map.Entry::getValue)
                    .max()
                    .orElse(0);
        }

        /**
         * Decides.
         *
         * @param known stream of the recording, from elsewhere.
         * @return the shape, or why there is none.
         */
        Verdict decide(final OptionalInt known) {
            final int most = most();
            if (most == 0) {
                return Verdict.NONE;
            }
            if (known.isPresent()) {
                final int own = of(known.getAsInt());
                if (own < most && most > 1) {
                    return new Verdict(
                            null,
                            "of its frames " + most + " are of stream "
                                    + streams(most).get(0) + " and " + own + " of stream " + known.getAsInt()
                                    + ", which the manifest says it is of");
                }
                return new Verdict(
                        best(own == 0 ? most : own, own == 0 ? null : known.getAsInt())
                                .withStream(known.getAsInt()),
                        "");
            }
            final List<Integer> streams = streams(most);
            final List<Integer> catalogued = streams.stream()
                    .filter(streamId -> StreamCatalog.byId(streamId) != null)
                    .toList();
            if (streams.size() > 1 && catalogued.size() != 1) {
                return new Verdict(
                        null,
                        "as many of its frames are of stream " + streams.get(0) + " as of stream " + streams.get(1));
            }
            return new Verdict(best(most, streams.size() > 1 ? catalogued.get(0) : streams.get(0)), "");
        }

        private List<Integer> streams(final int count) {
            return votes.entrySet().stream()
                    .filter(vote -> vote.getValue() == count)
                    .map(vote -> vote.getKey().streamId)
                    .distinct()
                    .toList();
        }

        /**
         * Of a recording that ends in its first term any length of that holds it fits: its stream's own, if the catalog
         * of streams has it, else the least. Of initial term ids that as many frames say the first: a frame that says
         * another is whole but for its header, and loses nothing by it.
         */
        private LogShape best(final int count, final @Nullable Integer streamId) {
            final List<LogShape> shapes = votes.entrySet().stream()
                    .filter(vote -> vote.getValue() == count)
                    .map(Map.Entry::getKey)
                    .filter(shape -> streamId == null || shape.streamId == streamId)
                    .toList();
            final StreamDescriptor stream = StreamCatalog.byId(shapes.get(0).streamId);
            return shapes.stream()
                    .filter(shape -> stream != null && shape.termLengthBytes == stream.termLengthBytes())
                    .findFirst()
                    .orElse(shapes.stream()
                            .min(Comparator.comparingInt(LogShape::termLengthBytes))
                            .orElseThrow());
        }
    }

    /**
     * What votes come to.
     *
     * @param shape null when there is none.
     * @param doubt for a person: how they contradict each other; empty when they do not.
     */
    record Verdict(@Nullable LogShape shape, String doubt) {
        static final Verdict NONE = new Verdict(null, "");
    }
}
