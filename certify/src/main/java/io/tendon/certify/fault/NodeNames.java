package io.tendon.certify.fault;

import io.tendon.schemas.NodeId;
import java.util.Locale;

/** What a node is called in the name of a fault: persistence is the recorder there, as in the panel. */
final class NodeNames {
    private NodeNames() {}

    static String of(final NodeId node) {
        return node == NodeId.PERSISTENCE ? "recorder" : node.name().toLowerCase(Locale.ROOT);
    }
}
