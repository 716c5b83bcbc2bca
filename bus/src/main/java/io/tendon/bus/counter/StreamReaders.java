package io.tendon.bus.counter;

import io.aeron.AeronCounters;
import io.aeron.driver.status.StreamCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.status.CountersReader;

/**
 * Who reads a stream and how far, from the positions that Aeron's driver keeps of every reader. A writer's own pacer is
 * not among them. Immutable; any thread.
 *
 * @param readers of all writers of the stream.
 */
public record StreamReaders(List<Reader> readers) {
    private static final Pattern ALIAS = Pattern.compile("alias=([^|]+)");
    private static final String PACER_ALIAS = "pacer.";

    /**
     * One reader of one writer's log.
     *
     * @param name the alias of its channel, which begins with the node's name; its channel when it has none.
     * @param position up to which it has read.
     */
    public record Reader(String name, long position) {}

    /** Copies the list. */
    public StreamReaders {
        readers = List.copyOf(readers);
    }

    /**
     * Reads the positions as they are now.
     *
     * @param counters of the driver.
     * @param streamId of the stream.
     * @return its readers.
     */
    public static StreamReaders of(final CountersReader counters, final int streamId) {
        final List<Reader> readers = new ArrayList<>();
        counters.forEach((counterId, typeId, key, label) -> {
            if (typeId == AeronCounters.DRIVER_SUBSCRIBER_POSITION_TYPE_ID
                    && key.getInt(StreamCounter.STREAM_ID_OFFSET) == streamId) {
                final String channel = key.getStringAscii(StreamCounter.CHANNEL_OFFSET);
                final Matcher alias = ALIAS.matcher(channel);
                final String name = alias.find() ? alias.group(1) : channel;
                if (!name.startsWith(PACER_ALIAS)) {
                    readers.add(new Reader(name, counters.getCounterValue(counterId)));
                }
            }
        });
        return new StreamReaders(readers);
    }

    /** The one that is furthest behind; empty when there is none. */
    public Optional<Reader> slowest() {
        return readers.stream().min(Comparator.comparingLong(Reader::position));
    }
}
