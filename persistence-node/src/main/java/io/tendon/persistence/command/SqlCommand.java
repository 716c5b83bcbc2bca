package io.tendon.persistence.command;

import io.tendon.bus.config.NodeCommand;
import io.tendon.sessionlog.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code persistence-node sql}: asks a session in SQL, while it is recorded as well as later. */
@Command(
        name = "sql",
        description = {
            "Asks a session in SQL: a table for each type of message (joint_state, event, ...), figures of each second and minute"
                    + " beside it (joint_state_1s, joint_state_1min).",
            "`SHOW TABLES` and `DESCRIBE joint_state` say what there is. The answer is never older than the recording."
        },
        mixinStandardHelpOptions = true)
public final class SqlCommand implements Callable<Integer> {
    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Mixin
    private RowOutput output = new RowOutput();

    @Parameters(paramLabel = "SQL", arity = "1..*", description = "One SELECT, SHOW, DESCRIBE or SUMMARIZE.")
    private List<String> words = new ArrayList<>();

    /** Called by Picocli. */
    public SqlCommand() {}

    @Override
    public Integer call() throws IOException {
        final Session session = storeOption.find();
        try (StoreDoor door = storeOption.open(session)) {
            output.print(sink -> door.sql(String.join(" ", words), sink));
        }
        return NodeCommand.EXIT_OK;
    }
}
