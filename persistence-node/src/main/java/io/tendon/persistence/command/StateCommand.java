package io.tendon.persistence.command;

import picocli.CommandLine.Command;

/** What is known by key: the last message of each type on each stream, and what was put under keys. */
@Command(
        name = "state",
        description = {
            "Shows and changes what is known by key.",
            "STREAM/Message, such as fusion.state/FusedState, is the last message of that type on that stream; a key that"
                    + " was put, such as calibration/wrist, is a JSON value. All of it is kept over sessions."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            StateListCommand.class,
            StateGetCommand.class,
            StatePutCommand.class,
            StateRemoveCommand.class,
            StateWatchCommand.class
        })
public final class StateCommand {
    /** Called by Picocli. */
    public StateCommand() {}
}
