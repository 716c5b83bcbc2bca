package io.tendon.bus.counter;

import io.tendon.schemas.NodeId;
import java.util.Locale;

/** What nodes are called where a person reads it. Any thread. */
public final class NodeNames {
    private NodeNames() {}

    /** The node's name; persistence is the recorder, which is what it is known for. */
    public static String of(final NodeId node) {
        return node == NodeId.PERSISTENCE ? "recorder" : node.name().toLowerCase(Locale.ROOT);
    }
}
