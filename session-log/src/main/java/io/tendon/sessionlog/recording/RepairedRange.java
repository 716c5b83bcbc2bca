package io.tendon.sessionlog.recording;

import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * A range of a recording that a repair has replaced, or messages that it found missing. Immutable; any thread.
 *
 * @param kind what was done.
 * @param recordingId of the archive; {@link #UNKNOWN} of what no recording holds.
 * @param streamId that was recorded.
 * @param fromPosition in the writer's log of the first byte that was replaced; {@link #UNKNOWN} when there is none.
 * @param toPosition behind the last.
 * @param firstSequence of the messages that are lost; {@link #UNKNOWN} when none are known to be.
 * @param lastSequence of these.
 * @param fromNs capture time of the last message before, ns since the epoch; {@link Long#MIN_VALUE} when it is not known.
 * @param toNs capture time of the first message behind; {@link Long#MIN_VALUE} when it is not known.
 * @param repairedMs when it was repaired, ms since the epoch.
 * @param detail of LOST the file with the bytes that stood there, {@code -} when there were none; of RESTORED the frame's
 *     new header in hexadecimal; of MISSING {@code -}.
 * @param reason for a person.
 */
public record RepairedRange(
        Kind kind,
        long recordingId,
        int streamId,
        long fromPosition,
        long toPosition,
        long firstSequence,
        long lastSequence,
        long fromNs,
        long toNs,
        long repairedMs,
        String detail,
        String reason) {

    /** Number that says that there is none. */
    public static final long UNKNOWN = -1;

    /** In place of a detail that there is not. */
    public static final String NO_DETAIL = "-";

    private static final int WORDS = 12;

    /** What a repair has done. */
    public enum Kind {
        /** What stood there cannot be read, and is padding now. */
        LOST,
        /** A frame whose header alone was damaged: nothing is lost. */
        RESTORED,
        /** Messages are missing, and what could have said why is lost, too. */
        MISSING;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many messages are lost. */
    public long messages() {
        return firstSequence == UNKNOWN ? 0 : lastSequence - firstSequence + 1;
    }

    /** What it says, whenever and for whatever reason that was: two that are equal say the same. */
    RepairedRange undated() {
        return new RepairedRange(
                kind,
                recordingId,
                streamId,
                fromPosition,
                toPosition,
                firstSequence,
                lastSequence,
                Long.MIN_VALUE,
                Long.MIN_VALUE,
                UNKNOWN,
                NO_DETAIL,
                "");
    }

    /** As a line of the ledger, without checksum. */
    String line() {
        final StringJoiner words = new StringJoiner(" ");
        words.add(kind.word());
        for (final long number : new long[] {
            recordingId, streamId, fromPosition, toPosition, firstSequence, lastSequence, fromNs, toNs, repairedMs
        }) {
            words.add(Long.toString(number));
        }
        return words.add(detail).add(reason).toString();
    }

    /** Reads such a line, whose checksum fits; none when it is of a kind, or a form, that this build does not know. */
    static Optional<RepairedRange> parse(final String line) {
        final String[] words = line.split(" ", WORDS);
        final Optional<Kind> kind = Stream.of(Kind.values())
                .filter(known -> words.length == WORDS && words[0].equals(known.word()))
                .findFirst();
        try {
            return kind.map(known -> new RepairedRange(
                    known,
                    Long.parseLong(words[1]),
                    Integer.parseInt(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]),
                    Long.parseLong(words[5]),
                    Long.parseLong(words[6]),
                    Long.parseLong(words[7]),
                    Long.parseLong(words[8]),
                    Long.parseLong(words[9]),
                    words[10],
                    words[11]));
        } catch (final NumberFormatException e) {
            return Optional.empty();
        }
    }
}
