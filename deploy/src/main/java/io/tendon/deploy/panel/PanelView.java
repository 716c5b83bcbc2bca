package io.tendon.deploy.panel;

/**
 * How a person wants to see the panel. Immutable.
 *
 * @param focus what gets the room that is left.
 * @param isHelpShown whether the keys and figures are explained instead.
 * @param isFrozen whether the figures stand still.
 * @param isLauncher whether the panel belongs to the process that runs the robot, which only Ctrl-C ends.
 * @param notice one line at the bottom instead of the keys; empty for none.
 */
public record PanelView(Focus focus, boolean isHelpShown, boolean isFrozen, boolean isLauncher, String notice) {
    /** What gets the room that is left. */
    public enum Focus {
        /** Streams where they fit, and events; routine events are left out. */
        BALANCED,
        /** All streams. */
        STREAMS,
        /** All events. */
        EVENTS
    }

    /** As it begins. */
    public static PanelView initial(final boolean isLauncher) {
        return new PanelView(Focus.BALANCED, false, false, isLauncher, "");
    }

    /** The same, focused there, or balanced again when it was. */
    PanelView toggled(final Focus wanted) {
        return new PanelView(focus == wanted ? Focus.BALANCED : wanted, false, isFrozen, isLauncher, "");
    }

    /** The same with help shown or not. */
    PanelView withHelp(final boolean isShown) {
        return new PanelView(focus, isShown, isFrozen, isLauncher, "");
    }

    /** The same, frozen or not. */
    PanelView withFrozen(final boolean isNowFrozen) {
        return new PanelView(focus, isHelpShown, isNowFrozen, isLauncher, "");
    }

    /** The same with a line at the bottom. */
    PanelView withNotice(final String line) {
        return new PanelView(focus, isHelpShown, isFrozen, isLauncher, line);
    }
}
