package io.tendon.deploy.it.readme;

import java.util.List;

/**
 * What a row has to do.
 *
 * @param purpose as in the table.
 * @param scene in which its commands are run.
 * @param steps one for each command of the row.
 */
record RowExpectation(String purpose, Scene scene, List<Step> steps) {
    /** What is there when a row's commands are run. */
    enum Scene {
        /** The row runs the robot that the rows of {@link #LIVE} talk to, until they are done. */
        ROBOT,
        /** The row runs a robot beside that one, from before it until it has begun. */
        BESIDE,
        /** That robot runs. */
        LIVE,
        /** That robot has been stopped, and its session is there. */
        RECORDED,
        /** Nothing runs. The row may run a robot of its own; one that does not end by itself is interrupted. */
        ALONE,
        /** The row takes minutes, and another test runs it. */
        MINUTES,
        /** There is nothing to run: the row leads to a page. */
        PAGE
    }

    /**
     * What one command has to do. It ends with exit code 0.
     *
     * @param shell text around the command, which stands for {@code %s}, for a command that needs company.
     * @param shows regular expressions, each found in what it prints.
     * @param leaves file that it writes; empty for none.
     * @param stateAfter what {@code control-node status} says before the next command is given; empty for whatever.
     * @param refusal what it may say instead, with exit code 2, on a machine that does not let it; empty for nothing.
     */
    record Step(String shell, List<String> shows, String leaves, String stateAfter, String refusal) {
        static Step shows(final String... shows) {
            return new Step("%s", List.of(shows), "", "", "");
        }

        Step in(final String shellLine) {
            return new Step(shellLine, shows, leaves, stateAfter, refusal);
        }

        Step leaves(final String file) {
            return new Step(shell, shows, file, stateAfter, refusal);
        }

        Step until(final String state) {
            return new Step(shell, shows, leaves, state, refusal);
        }

        Step unlessRefused(final String text) {
            return new Step(shell, shows, leaves, stateAfter, text);
        }
    }
}
