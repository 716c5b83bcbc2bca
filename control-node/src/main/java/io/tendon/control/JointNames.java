package io.tendon.control;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.Nearest;
import io.tendon.bus.config.PropertiesFile;
import io.tendon.bus.connection.RuntimeDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Names of the running robot's joints, left by control in the runtime directory so that an operator's command means the
 * arm that runs and no other. Start-up and commands only.
 *
 * @param names base to tip.
 */
record JointNames(List<String> names) {
    private static final String FILE = "joints.properties";

    /** Leaves the names where commands find them. */
    void write(final RuntimeDirectory directory) {
        final Properties values = new Properties();
        for (int i = 0; i < names.size(); i++) {
            values.setProperty("joint." + i, names.get(i));
        }
        PropertiesFile.write(values, directory.directory().resolve(FILE));
    }

    /** Names of the robot that runs there. */
    static JointNames read(final RuntimeDirectory directory) {
        final Properties values;
        try {
            values = PropertiesFile.read(directory.directory().resolve(FILE));
        } catch (final IOException e) {
            throw new CommandFailure(directory.notRunningMessage());
        }
        final List<String> names = new ArrayList<>();
        for (int i = 0; values.getProperty("joint." + i) != null; i++) {
            names.add(values.getProperty("joint." + i));
        }
        return new JointNames(names);
    }

    /**
     * Index of a joint that a person named.
     *
     * @param joint its index from 0 at the base, or its name.
     * @return the index.
     * @throws CommandFailure naming the nearest when there is none.
     */
    int index(final String joint) {
        final int named = names.indexOf(joint);
        if (named >= 0) {
            return named;
        }
        if (joint.matches("[0-9]{1,3}") && Integer.parseInt(joint) < names.size()) {
            return Integer.parseInt(joint);
        }
        throw new CommandFailure(
                "joint=" + joint + ": must be 0 to " + (names.size() - 1) + " or one of " + names + "; did you mean "
                        + Nearest.to(joint, names) + "?",
                2);
    }
}
