package io.tendon.fusion.rewindow;

/** What became of the one sample that a slot of a window waits for. */
enum SlotFate {
    IN_TIME('#', "inTime", "in time", "in the window that fusion made"),
    LATE('l', "late", "late", "in the log; came when its window had closed"),
    NEVER_SEEN('n', "neverSeen", "never seen", "in the log; fusion was left behind, or had just begun"),
    NO_WINDOW('w', "windowNotMade", "window not made", "in the log; fusion stalled for too long or did not run"),
    LOST('x', "lostAtWriter", "lost at the writer", "control could not publish it"),
    MISSED('m', "missedCycle", "missed cycle", "control had no cycle"),
    SHIFTED('>', "shifted", "shifted", "captured within the slot beside"),
    SILENT('.', "controlSilent", "control silent", "control did not run, changed its log, or has a longer period");

    private final char letter;
    private final String key;
    private final String title;
    private final String meaning;

    SlotFate(final char letter, final String key, final String title, final String meaning) {
        this.letter = letter;
        this.key = key;
        this.title = title;
        this.meaning = meaning;
    }

    /** Stands for it where a window is shown slot by slot. */
    char letter() {
        return letter;
    }

    /** Its name in JSON. */
    String key() {
        return key;
    }

    /** Its name for a person. */
    String title() {
        return title;
    }

    /** What it means, for a person. */
    String meaning() {
        return meaning;
    }

    /** Whether the sample is in the log, or in fusion's window. */
    boolean isThere() {
        return compareTo(NO_WINDOW) <= 0;
    }
}
