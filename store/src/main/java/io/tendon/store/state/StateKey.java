package io.tendon.store.state;

import io.tendon.bus.catalog.MessageLengths;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.config.ConfigException;
import io.tendon.sessionlog.recording.RecordingDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a value is known under: {@code STREAM/Message} for the last message of a type on a stream, such as {@code
 * fusion.state/FusedState}, or a key that somebody chose, such as {@code calibration/wrist}. A chosen one has no capital
 * letter, so that neither can be taken for the other. Immutable; any thread.
 *
 * @param text of the key, US-ASCII.
 */
public record StateKey(String text) {
    /** Longest key. */
    public static final int MAX_BYTES = MessageLengths.MAX_STATE_KEY_BYTES;

    private static final Pattern CHOSEN = Pattern.compile("[a-z0-9_-]+([/.][a-z0-9_-]+)*");
    private static final Pattern MESSAGE = Pattern.compile("[a-z0-9_.-]+/[A-Z][A-Za-z0-9]*");

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /**
     * Takes a key of either kind.
     *
     * @param text as a person typed it.
     * @throws ConfigException when it cannot be one.
     */
    public StateKey {
        if (text.length() > MAX_BYTES
                || !(CHOSEN.matcher(text).matches() || MESSAGE.matcher(text).matches())) {
            throw new ConfigException(
                    "key",
                    text,
                    "must be 1 to " + MAX_BYTES + " characters, words in lower case, digits, - and _ joined by / and .,"
                            + " or a stream and a message such as fusion.state/FusedState",
                    "write it like calibration/wrist");
        }
    }

    /** The key of a type of message in a recording. */
    static StateKey ofMessage(final RecordingDescriptor recording, final String message) {
        return new StateKey(streamName(recording) + '/' + message);
    }

    /** Name of the stream that was recorded; the catalog's, which does not depend on what is left of the archive's. */
    static String streamName(final RecordingDescriptor recording) {
        final StreamDescriptor stream = StreamCatalog.byId(recording.streamId());
        return stream == null ? recording.streamName() : stream.name();
    }

    /**
     * Takes a key that a value can be put under.
     *
     * @param text as a person typed it.
     * @return the key.
     * @throws ConfigException when it cannot be one.
     */
    public static StateKey chosen(final String text) {
        final StateKey key = new StateKey(text);
        if (key.isMessage()) {
            throw new ConfigException(
                    "key",
                    text,
                    "must have no capital letter: it names what " + key.stream() + " says",
                    "write it like calibration/wrist");
        }
        return key;
    }

    /** Whether it can be a key that somebody chose. */
    static boolean isChosen(final String text) {
        return text.length() <= MAX_BYTES && CHOSEN.matcher(text).matches();
    }

    /** Whether it stands for the last message of a type on a stream. */
    public boolean isMessage() {
        return Character.isUpperCase(text.charAt(text.lastIndexOf('/') + 1));
    }

    /** The stream, of a key that {@link #isMessage()}. */
    public String stream() {
        return text.substring(0, text.lastIndexOf('/'));
    }

    /** The type of message, of a key that {@link #isMessage()}. */
    public String message() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /**
     * 64 bits that stand for the key in the map: FNV-1a, and the finalizer of MurmurHash3 so that neighbours spread over
     * the map's segments.
     */
    public long hash() {
        long hash = FNV_OFFSET;
        for (final byte character : text.getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash ^ character) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    @Override
    public String toString() {
        return text;
    }
}
