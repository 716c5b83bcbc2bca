package io.tendon.sessionlog.recording;

/** Gives out the messages of one publication whose capture time lies in a range. One owner thread. */
final class RangeCursor implements MessageCursor {
    private final MessageCursor publication;
    private final TimeRange range;
    private boolean isBehind;

    RangeCursor(final MessageCursor publication, final TimeRange range) {
        this.publication = publication;
        this.range = range;
    }

    @Override
    public boolean next() {
        while (!isBehind && publication.next()) {
            final long captureTimeNs = publication.message().captureTimeNs();
            if (range.contains(captureTimeNs)) {
                return true;
            }
            isBehind = range.isBehind(captureTimeNs);
        }
        return false;
    }

    @Override
    public RecordedMessage message() {
        return publication.message();
    }

    @Override
    public void close() {
        publication.close();
    }
}
