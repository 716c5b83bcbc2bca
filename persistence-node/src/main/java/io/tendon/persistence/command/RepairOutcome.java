package io.tendon.persistence.command;

import io.tendon.sessionlog.repair.LogRepairReport;
import io.tendon.store.IndexReport;
import java.util.List;

/**
 * What a repair has done to a session.
 *
 * @param isDryRun whether nothing was done, and this is what would be.
 * @param log what was done to the log, and what verify says of it then.
 * @param indexActions what was made again, one line each.
 * @param indices how they stand then.
 */
record RepairOutcome(boolean isDryRun, LogRepairReport log, List<String> indexActions, IndexReport indices) {
    RepairOutcome {
        indexActions = List.copyOf(indexActions);
    }

    /** Whether nothing is wrong any more but losses that are named; of a dry run, whether nothing is. */
    boolean isOk() {
        return log.verified().isOk() && indices.isOk() && !(isDryRun && log.isAnythingDone());
    }
}
