package io.tendon.deploy.panel;

import java.util.List;

/** What keys and figures mean, in short. */
final class PanelHelp {
    private PanelHelp() {}

    static List<String> lines(final boolean isLauncher) {
        return List.of(
                isLauncher ? "Ctrl-C  stop the robot in order" : "q       quit; the robot goes on",
                "s       all streams, and back    e  all events, and back",
                "space   freeze, go on            ?  this help, and back",
                "",
                "UP        age of the process",
                "MEMORY    RssAnon + RssFile, without the shared logs",
                "CPU       share of one core",
                "RESTARTS  of the node in this session",
                "ERRORS    exceptions in the node's error log",
                "WAKE/LONG/HW  missed: late wake-up, long cycle, hardware",
                "LATE      from a cycle's deadline to its beginning",
                "LAST 100  cycles due that were executed",
                "anomaly score  largest residual as a multiple of what is allowed",
                "REFUSED   messages that a writer could not publish",
                "GAPS      messages missing at a reader; see docs/operations/losses.md",
                "LAG       how far the recorder is behind the writer",
                "TO DEVICE how far the disk is behind the recorder",
                "",
                "All is read from counters and files: no node notices.",
                "docs/operations/panel.md explains each figure.");
    }
}
