package io.tendon.bench.transport;

/** What is compared. */
public enum Transport {
    /** Our bus. */
    TENDON("Tendon") {
        @Override
        public Link open(final LinkPlace place, final Side side) {
            return TendonLink.open(place, side);
        }
    },
    /** What it stands on. */
    AERON("bare Aeron") {
        @Override
        public Link open(final LinkPlace place, final Side side) {
            return AeronLink.open(place, side);
        }
    },
    /** A queue in a mapped file. */
    CHRONICLE_QUEUE("Chronicle Queue") {
        @Override
        public Link open(final LinkPlace place, final Side side) {
            return ChronicleLink.open(place, side);
        }
    },
    /** Sockets. */
    JEROMQ("JeroMQ ipc") {
        @Override
        public Link open(final LinkPlace place, final Side side) {
            return JeroMqLink.open(place, side);
        }
    };

    private final String label;

    Transport(final String label) {
        this.label = label;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }

    /**
     * Opens one end.
     *
     * @param place where the ends meet.
     * @param side which end.
     * @return the end; whoever opened it closes it.
     */
    public abstract Link open(LinkPlace place, Side side);
}
