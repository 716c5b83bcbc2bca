package io.tendon.robot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user knows better than {@link UrdfReader} can guess.
 *
 * @param tipLink link whose frame is the tip, with z pointing out of the tool; null lets the reader find it.
 * @param gripperJoints joints that open and close the gripper instead of moving the arm; empty lets the reader find them.
 */
public record UrdfOptions(@Nullable String tipLink, List<String> gripperJoints) {
    /** Everything is found by the reader. */
    public static final UrdfOptions DEFAULT = new UrdfOptions(null, List.of());

    /** Takes a copy of the list. */
    public UrdfOptions {
        gripperJoints = List.copyOf(gripperJoints);
    }
}
