package io.tendon.bus.catalog;

import java.util.Iterator;

/** Names of all streams, for the completion of an option that takes one. Made by Picocli. */
public final class StreamNames implements Iterable<String> {
    /** Called by Picocli. */
    public StreamNames() {}

    @Override
    public Iterator<String> iterator() {
        return StreamCatalog.all().stream().map(StreamDescriptor::name).iterator();
    }
}
