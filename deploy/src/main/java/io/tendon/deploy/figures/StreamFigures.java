package io.tendon.deploy.figures;

import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.catalog.StreamDescriptor;
import io.tendon.bus.counter.BusCounter;
import io.tendon.bus.counter.CounterView;
import io.tendon.bus.counter.RecorderLag;
import io.tendon.bus.counter.StreamLedger;
import io.tendon.schemas.NodeId;
import java.util.List;

/**
 * One stream, its writers together.
 *
 * @param stream which.
 * @param sent messages committed.
 * @param refused offers refused.
 * @param recorded messages that the recorder has counted so far.
 * @param publishedBytes by the writers that live, frame headers and padding included.
 * @param lagBytes that the recorder is behind the writers.
 * @param durableLagBytes that the device is behind the recorder.
 * @param isHeld whether it is not recorded at present because the disk is too full.
 * @param readers that have opened it.
 * @param ledger what both ends counted as lost.
 */
public record StreamFigures(
        StreamDescriptor stream,
        long sent,
        long refused,
        long recorded,
        long publishedBytes,
        long lagBytes,
        long durableLagBytes,
        boolean isHeld,
        List<ReaderFigures> readers,
        StreamLedger ledger) {

    /** Name of persistence as a reader. */
    public static final String RECORDER = "recorder";

    /** Copies the list. */
    public StreamFigures {
        readers = List.copyOf(readers);
    }

    /** Reads all streams, in the order of the catalog. */
    public static List<StreamFigures> readAll(final CounterView view) {
        final RecorderLag lag = RecorderLag.read(view);
        return StreamCatalog.all().stream()
                .map(stream -> read(view, stream, lag))
                .toList();
    }

    /** Messages that were lost: refused to a writer, or beyond that missed by the reader that missed most. */
    public long lost() {
        return Math.max(
                refused, readers.stream().mapToLong(ReaderFigures::gaps).max().orElse(0));
    }

    private static StreamFigures read(final CounterView view, final StreamDescriptor stream, final RecorderLag lag) {
        final StreamLedger ledger = StreamLedger.read(view, stream);
        return new StreamFigures(
                stream,
                ledger.sent(),
                ledger.refused(),
                view.stream(BusCounter.RECORDED, NodeId.PERSISTENCE, stream, 0),
                lag.publishedBytes(stream),
                lag.bytes(stream),
                view.stream(BusCounter.DURABLE_LAG_BYTES, NodeId.PERSISTENCE, stream, 0),
                view.stream(BusCounter.RECORDING_HELD, NodeId.PERSISTENCE, stream, 0) != 0,
                ledger.readers().stream()
                        .map(reader -> new ReaderFigures(reader.name(), reader.received(), reader.gaps()))
                        .toList(),
                ledger);
    }
}
