package io.tendon.store.state;

import java.nio.file.Path;

/**
 * Where the state of a data directory stands.
 *
 * <pre>
 *   DATA/state/
 *     state.chm     the map (Chronicle Map)
 *     state.seal    only while nobody has the map open: that it is whole, and how far it is (StateSealFile)
 *     state.lock    held by who has it open
 * </pre>
 *
 * @param data directory of all sessions.
 */
record StateDirectory(Path data) {
    Path root() {
        return data.resolve("state");
    }

    Path map() {
        return root().resolve("state.chm");
    }

    Path seal() {
        return root().resolve("state.seal");
    }

    Path lock() {
        return root().resolve("state.lock");
    }
}
