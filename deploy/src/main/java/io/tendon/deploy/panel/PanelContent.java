package io.tendon.deploy.panel;

import io.tendon.deploy.figures.RecordedEvent;
import io.tendon.deploy.figures.RobotFigures;
import io.tendon.deploy.figures.RobotRates;
import java.util.List;

/**
 * What a panel shows. Immutable.
 *
 * @param figures of the robot.
 * @param rates up to them.
 * @param events oldest first.
 * @param controlCommand control-node as it can be typed here.
 * @param nameOption what a command for this robot is to be given besides, with a space before it; empty for the default
 *     robot.
 */
public record PanelContent(
        RobotFigures figures, RobotRates rates, List<RecordedEvent> events, String controlCommand, String nameOption) {

    /** Copies the list. */
    public PanelContent {
        events = List.copyOf(events);
    }
}
