package io.tendon.persistence.command;

import io.tendon.bus.catalog.StreamNames;
import io.tendon.bus.config.ConfigException;
import io.tendon.bus.config.Durations;
import io.tendon.bus.config.NodeCommand;
import io.tendon.sessionlog.Session;
import io.tendon.sessionlog.option.TimeRangeOption;
import io.tendon.store.history.SeriesAggregate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code persistence-node query}: fields of a stream over time, each value or figures of spans of one length. */
@Command(
        name = "query",
        description = "Fields of a stream over time: each value, or with --every figures of spans of one length.",
        mixinStandardHelpOptions = true)
public final class QueryCommand implements Callable<Integer> {
    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Mixin
    private TimeRangeOption timeRange = new TimeRangeOption();

    @Mixin
    private RowOutput output = new RowOutput();

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            required = true,
            completionCandidates = StreamNames.class,
            description = "Stream such as control.state.")
    private String stream = "";

    @Option(
            names = "--field",
            paramLabel = "FIELD",
            required = true,
            description = "Column of the message's table, such as gripper_width_m; of an array with the element,"
                    + " joint_position[3], counted from 1. May be given several times.")
    private List<String> fields = new ArrayList<>();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Durations.Converter.class,
            description = "Length of a span, such as 100ms (default: each value).")
    private long everyNs;

    @Option(
            names = "--agg",
            paramLabel = "WHAT",
            description =
                    "With --every: count, min, max, mean, std or last; may be given several times (default: mean).")
    private List<SeriesAggregate> aggregates = new ArrayList<>();

    /** Called by Picocli. */
    public QueryCommand() {}

    @Override
    public Integer call() throws IOException {
        if (everyNs == 0 && !aggregates.isEmpty()) {
            throw new ConfigException(
                    "agg", aggregates.get(0), "needs spans to be made of", "give their length with --every");
        }
        final Session session = storeOption.find();
        try (StoreDoor door = storeOption.open(session)) {
            final SeriesPlan plan = SeriesPlan.of(door, stream, fields, timeRange.range(session));
            final String question = everyNs == 0
                    ? plan.question().everyValue()
                    : plan.question()
                            .spans(
                                    everyNs,
                                    aggregates.isEmpty() ? List.of(SeriesAggregate.MEAN) : aggregates,
                                    plan.isRolledUp());
            output.print(sink -> door.sql(question, sink));
        }
        return NodeCommand.EXIT_OK;
    }
}
