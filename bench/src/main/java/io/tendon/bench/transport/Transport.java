package io.tendon.bench.transport;

/** What is compared. */
public enum Transport {
    /** Our bus. */
    TENDON("Tendon", true) {
        @Override
        public Link open(final LinkPlace place, final Side side) {
            return TendonLink.open(place, side);
        }
    },
    /** What it stands on. */
    AERON("bare Aeron", true) {
        @Override
        public Link open(final LinkPlace place, final Side side) {
            return AeronLink.open(place, side);
        }
    },
    /** A queue in a mapped file. */
    CHRONICLE_QUEUE("Chronicle Queue", false) {
        @Override
        public Link open(final LinkPlace place, final Side side) {
            return ChronicleLink.open(place, side);
        }
    },
    /** Sockets. */
    JEROMQ("JeroMQ ipc", false) {
        @Override
        public Link open(final LinkPlace place, final Side side) {
            return JeroMqLink.open(place, side);
        }
    };

    private final String label;
    private final boolean hasDriver;

    Transport(final String label, final boolean hasDriver) {
        this.label = label;
        this.hasDriver = hasDriver;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }

    /** Whether it goes through a media driver, and is not what one would otherwise pick. */
    public boolean hasDriver() {
        return hasDriver;
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
