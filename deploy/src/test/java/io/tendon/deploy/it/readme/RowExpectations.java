package io.tendon.deploy.it.readme;

import static io.tendon.deploy.it.readme.RowExpectation.Step.shows;

import io.tendon.deploy.it.readme.RowExpectation.Scene;
import io.tendon.deploy.it.readme.RowExpectation.Step;
import java.util.List;

/** What every row of the table has to do, in the table's order. */
final class RowExpectations {
    private static final String RAN = "Ran [0-9.]+ s: [1-9][0-9]* of [1-9][0-9]* cycles executed";

    static final List<RowExpectation> ALL = List.of(
            row("run the robot until Ctrl-C", Scene.ROBOT, shows("loop [0-9]+ Hz", RAN, "Look at it:")),
            row(
                    "run it for a while and keep the figures",
                    Scene.ALONE,
                    shows(RAN).leaves("r.json")),
            row("run my own arm", Scene.ALONE, shows(RAN)),
            row("run two robots beside each other", Scene.BESIDE, shows(RAN, "--data")),
            row("insist on real-time priority", Scene.ALONE, shows(RAN).unlessRefused("must be allowed SCHED_FIFO")),
            row(
                    "watch a robot that runs already",
                    Scene.LIVE,
                    shows("control", "RUNNING", "control\\.state"),
                    shows("\"session\"")),
            row(
                    "see what a stalling disk does to control",
                    Scene.LIVE,
                    shows("held [1-9][0-9]* writes", "verdict: held").unlessRefused("is not permitted")),
            row("know when something is wrong with the arm", Scene.RECORDED, shows("(?m)^capture_time +text")),
            row("see how control does", Scene.LIVE, shows("control +RUNNING", "[1-9][0-9]* executed")),
            row("see how fusion does, and its task", Scene.LIVE, shows("windows [1-9]", "task [A-Z]")),
            row("see how the recorder does", Scene.LIVE, shows("control\\.state +[1-9]")),
            row(
                    "hold the arm, move one joint, go on",
                    Scene.LIVE,
                    shows("accepted").until("HOLDING"),
                    shows("accepted, control is JOGGING").until("HOLDING"),
                    shows("accepted").until("RUNNING")),
            row(
                    "stop at once, and later let go again",
                    Scene.LIVE,
                    shows("accepted, control is EMERGENCY_STOPPED").until("EMERGENCY_STOPPED"),
                    shows("accepted").until("RUNNING")),
            row("know which sessions there are", Scene.RECORDED, shows("[0-9]{8}-[0-9]{6}-[0-9a-f]{4} .*CLOSED")),
            row(
                    "know what a session holds",
                    Scene.RECORDED,
                    shows("CLOSED", "control\\.state +[1-9]", "robot +tendon6")),
            row("know whether a recording is whole", Scene.RECORDED, shows("whole: every frame is sound")),
            row("mend a recording that is damaged", Scene.RECORDED, shows("nothing to repair")),
            row("read recorded messages as JSON", Scene.RECORDED, shows("(?m)^\\{.*\"position\".*\\}$")),
            row(
                    "ask a session in SQL, while it is recorded or later",
                    Scene.RECORDED,
                    shows("(?m)^joint_state_1s$"),
                    shows("(?m)^NODE_STARTED +", "5 rows")),
            row("follow a field over time, for a plot", Scene.RECORDED, shows("(?m)^[0-9T:.-]+00000000Z,-?[0-9]")),
            row(
                    "keep a range from being deleted, and list what is kept",
                    Scene.RECORDED,
                    shows("operator: keeps 20\\.0 s of session"),
                    shows("operator  1 time  keeps 20\\.0 s", "safety-stop", "gripper-slipped")),
            row("choose what a power cut may take", Scene.PAGE),
            row("keep the disk from filling up", Scene.PAGE),
            row(
                    "know a value again, also in the next session",
                    Scene.LIVE,
                    shows("recorded in session [0-9]"),
                    shows("(?m)^0\\.25$"),
                    shows("calibration/wrist", "fusion\\.state/FusedState"),
                    shows("recorded in session [0-9]")),
            row(
                    "know the last that was said of a kind, as it is said",
                    Scene.LIVE,
                    shows().in("timeout --preserve-status --signal INT 4 %s")),
            row("build a session's index anew", Scene.RECORDED, shows("history: [1-9][0-9]* messages")),
            row("see a session again, as it was", Scene.RECORDED, shows("control\\.state +[1-9]")),
            row(
                    "find a moment again, and see it",
                    Scene.RECORDED,
                    shows("window-stats-1"),
                    shows("persistence-node replay --session")),
            row(
                    "run fusion on a recorded session",
                    Scene.RECORDED,
                    shows("event=listened session=.* received=[1-9]")
                            .in("bash -c 'persistence-node replay --speed 8 --await-readers 1 & replay=$!;"
                                    + " %s & fusion=$!; wait $replay; kill $fusion; wait $fusion'")),
            row(
                    "know which samples came too late for fusion, and what its windows would have been with them",
                    Scene.RECORDED,
                    shows(
                            "(?m)^  complete +[1-9]",
                            "windows of 10ms, 10 samples each",
                            "(?m)^(every|[0-9]+ of) [^\\n]*$")),
            row(
                    "use a robot of another shape without a cell file",
                    Scene.ALONE,
                    shows("my-cell\\.properties: Workcell").leaves("my-cell.properties")),
            row(
                    "know what keeps this machine from being on time",
                    Scene.ALONE,
                    shows("(?m)^kernel +(ok|warn) ", "(?m)^shared memory +ok "),
                    shows("^\\[\\{\"name\":\"rights: priority\",\"status\":\"(ok|warn)\"")),
            row("prove that storage cannot stall control here", Scene.MINUTES, shows()),
            row("give the control loop its rights", Scene.PAGE),
            row("start the robot with the machine", Scene.PAGE),
            row(
                    "complete commands with the Tab key",
                    Scene.ALONE,
                    shows("_complete_control-node").in("%s && complete -p control-node")));

    private RowExpectations() {}

    private static RowExpectation row(final String purpose, final Scene scene, final Step... steps) {
        return new RowExpectation(purpose, scene, List.of(steps));
    }
}
