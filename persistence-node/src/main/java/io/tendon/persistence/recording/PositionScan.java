package io.tendon.persistence.recording;

import io.aeron.AeronCounters;
import io.tendon.bus.catalog.StreamCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * Reads from the driver's counters how far writers and recordings have come. Key layouts: {@code
 * io.aeron.driver.status.StreamCounter} and {@code io.aeron.archive.status.RecordingPos}. One owner thread; several may
 * have one each.
 */
public final class PositionScan {
    private static final int PUBLICATION_SESSION_OFFSET = Long.BYTES;
    private static final int PUBLICATION_STREAM_OFFSET = PUBLICATION_SESSION_OFFSET + Integer.BYTES;
    private static final int RECORDING_SESSION_OFFSET = Long.BYTES;
    private static final int RECORDING_SOURCE_OFFSET = RECORDING_SESSION_OFFSET + Integer.BYTES;

    /** Label: "rec-pos: RECORDING SESSION STREAM channel". */
    private static final int STREAM_WORD = 3;

    private final CountersReader counters;
    private final long archiveId;
    private final Map<Long, Integer> streamsByRecording = new HashMap<>();
    private final List<PublicationPosition> publications = new ArrayList<>();
    private final List<RecorderPosition> recorders = new ArrayList<>();

    /**
     * Knows nothing before {@link #update}.
     *
     * @param counters of the driver.
     * @param archiveId of the archive whose recordings count; a dead archive's counters stand there for a while.
     */
    public PositionScan(final CountersReader counters, final long archiveId) {
        this.counters = counters;
        this.archiveId = archiveId;
    }

    /** Reads all counters. Writers are read before recorders, so that a recorder is never taken for slower than it is. */
    public void update() {
        publications.clear();
        recorders.clear();
        scan(AeronCounters.DRIVER_PUBLISHER_POS_TYPE_ID);
        scan(AeronCounters.ARCHIVE_RECORDING_POSITION_TYPE_ID);
    }

    /** Writers of the catalog's streams, dead ones included for as long as the driver keeps them. */
    public List<PublicationPosition> publications() {
        return publications;
    }

    /** Recordings that are being written. */
    public List<RecorderPosition> recorders() {
        return recorders;
    }

    private void scan(final int wantedTypeId) {
        final DirectBuffer metaData = counters.metaDataBuffer();
        for (int id = 0; id <= counters.maxCounterId(); id++) {
            final int state = counters.getCounterState(id);
            if (state == CountersReader.RECORD_UNUSED) {
                return;
            }
            if (state == CountersReader.RECORD_ALLOCATED && counters.getCounterTypeId(id) == wantedTypeId) {
                final int keyOffset = CountersReader.metaDataOffset(id) + CountersReader.KEY_OFFSET;
                if (wantedTypeId == AeronCounters.DRIVER_PUBLISHER_POS_TYPE_ID) {
                    addPublication(metaData, keyOffset, counters.getCounterValue(id));
                } else {
                    addRecorder(metaData, keyOffset, id);
                }
            }
        }
    }

    private void addPublication(final DirectBuffer metaData, final int keyOffset, final long position) {
        final int streamId = metaData.getInt(keyOffset + PUBLICATION_STREAM_OFFSET);
        if (StreamCatalog.byId(streamId) != null) {
            publications.add(new PublicationPosition(
                    streamId, metaData.getInt(keyOffset + PUBLICATION_SESSION_OFFSET), position));
        }
    }

    private void addRecorder(final DirectBuffer metaData, final int keyOffset, final int counterId) {
        final int sourceLength = metaData.getInt(keyOffset + RECORDING_SOURCE_OFFSET);
        final int archiveOffset = keyOffset + RECORDING_SOURCE_OFFSET + Integer.BYTES + sourceLength;
        if (metaData.getLong(archiveOffset) == archiveId) {
            final long recordingId = metaData.getLong(keyOffset);
            final int streamId = streamsByRecording.computeIfAbsent(recordingId, key -> streamId(counterId));
            recorders.add(new RecorderPosition(
                    recordingId,
                    streamId,
                    metaData.getInt(keyOffset + RECORDING_SESSION_OFFSET),
                    counters.getCounterValue(counterId)));
        }
    }

    private int streamId(final int counterId) {
        return Integer.parseInt(counters.getCounterLabel(counterId).split(" ")[STREAM_WORD]);
    }
}
