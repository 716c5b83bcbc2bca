package io.tendon.certify.certificate;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.doctor.Finding;
import io.tendon.certify.fault.Fault;
import io.tendon.certify.fault.FaultTarget;
import io.tendon.certify.fault.ProcessStop;
import io.tendon.certify.measure.LoopAllocation;
import io.tendon.certify.measure.Losses;
import io.tendon.certify.measure.PublishCost;
import io.tendon.certify.measure.Waiting;
import io.tendon.certify.measure.WarmUp;
import io.tendon.certify.process.RobotRun;
import io.tendon.schemas.NodeId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The procedure, from the witnesses' agreement to the cost of a message:
 *
 * <pre>
 *   two witnesses   ->  the shared-pool design    ->  the robot: warm-up, no fault, every fault
 *     ->  the robot without isolation         ->  what the loop allocates, what a message costs
 * </pre>
 *
 * <p>One thing at a time, since all of it wants the same core. Main thread.
 */
public final class Certification {
    private static final int LEAST_WARM_UP_S = 20;
    private static final int MOST_WARM_UP_S = 90;
    private static final long TETHERED_STOP_NS = 14_000_000_000L;
    private static final double NS_PER_S = 1e9;

    private final CertifyConfig config;
    private final Map<String, String> machine;
    private final List<Finding> findings;
    private final Consumer<String> progress;
    private final List<Certificate.JudgedPhase> faults = new ArrayList<>();
    private final List<String> notRun = new ArrayList<>();

    /**
     * Does nothing yet.
     *
     * @param config what is certified.
     * @param machine what it runs on, key and value.
     * @param findings whether it is set up well.
     * @param progress takes lines for the user.
     */
    public Certification(
            final CertifyConfig config,
            final Map<String, String> machine,
            final List<Finding> findings,
            final Consumer<String> progress) {
        this.config = config;
        this.machine = machine;
        this.findings = findings;
        this.progress = progress;
    }

    /**
     * Runs it; minutes.
     *
     * @return what came out.
     * @throws CommandFailure when something could not be run at all.
     */
    public Certificate run() {
        final Instant startedAt = Instant.now();
        final long startNs = System.nanoTime();
        Directories.make(config.workDirectory());
        Directories.make(config.data());

        progress.accept("two witnesses side by side");
        final WitnessCheck witnessCheck = WitnessCheck.run(config);
        progress.accept("the shared-pool design: one pool for control and storage");
        final StoryBaseline story = StoryBaseline.run(config);

        final WarmUp.Outcome warmUp;
        final MeasuredPhase undisturbed;
        try (RobotRun robot = start("robot", config.isTethered())) {
            progress.accept("the robot: warming up until compilation is over");
            warmUp = WarmUp.await(robot.pid(NodeId.CONTROL), LEAST_WARM_UP_S, MOST_WARM_UP_S);
            try (RobotMeasurement measurement = new RobotMeasurement(robot, config, "robot-witness", progress)) {
                Waiting.sleep(config.phaseNs() / 2);
                progress.accept("the robot: no fault");
                undisturbed = measurement.measureUndisturbed(2 * config.phaseNs());
                requireStall(measurement);
                for (final PlannedFault planned : FaultList.of(config)) {
                    measure(robot, measurement, planned);
                }
            }
        }
        if (!config.isQuick()) {
            measureOnSmallDisk();
        } else {
            leaveOut(FaultList.diskFull(config));
            leaveOut(FaultList.clockStep(config));
        }
        final boolean isWhole = !config.isQuick();
        final Optional<Losses> tethered =
                isWhole && !config.isTethered() ? Optional.of(tetheredLosses()) : Optional.empty();
        final ChildMeasurements children = new ChildMeasurements(config);
        final Optional<LoopAllocation> allocation = isWhole ? Optional.of(allocation(children)) : Optional.empty();
        final Optional<PublishCost> publishing = isWhole ? Optional.of(publishing(children)) : Optional.empty();
        return new Certificate(
                startedAt,
                (System.nanoTime() - startNs) / NS_PER_S,
                config.isQuick(),
                config.isTethered(),
                config.stallNs() / 1_000_000L,
                machine,
                findings,
                witnessCheck,
                story,
                warmUp,
                undisturbed,
                List.copyOf(faults),
                List.copyOf(notRun),
                tethered,
                allocation,
                publishing);
    }

    /** Found out before minutes have gone by: without the stalls there is nothing to certify. */
    private void requireStall(final RobotMeasurement measurement) {
        for (final PlannedFault planned : FaultList.of(config)) {
            final String refusal = planned.has(PlannedFault.Role.STALL) ? measurement.refusal(planned) : "";
            if (!refusal.isEmpty()) {
                throw new CommandFailure("the recorder cannot be stalled: " + refusal);
            }
        }
    }

    private void measure(final RobotRun robot, final RobotMeasurement measurement, final PlannedFault planned) {
        if (config.isQuick() && !planned.isQuick()) {
            leaveOut(planned);
            return;
        }
        final String name = planned.name();
        final String refusal = robot.isRunning() ? measurement.refusal(planned) : "the robot had ended";
        if (!refusal.isEmpty()) {
            notRun.add(name + ": " + refusal);
            return;
        }
        progress.accept("the robot: " + name);
        faults.add(new Certificate.JudgedPhase(measurement.measure(planned), planned));
    }

    private void leaveOut(final PlannedFault planned) {
        notRun.add(planned.name() + ": left out of a short run");
    }

    /** A robot whose disk may be filled and whose clock may be stepped, where this machine has the means. */
    private void measureOnSmallDisk() {
        final Optional<Map<String, String>> clock =
                SteppableClock.environment(config.workDirectory().resolve("clock-offset"));
        final Optional<SmallDisk> disk = SmallDisk.mount(config.workDirectory().resolve("disk"));
        try {
            if (disk.isEmpty()) {
                notRun.add("disk-full: this user may not mount a small file system; run as root");
            }
            if (clock.isEmpty()) {
                notRun.add("clock-step: libfaketime is not there; apt-get install libfaketime");
            }
            if (disk.isEmpty() && clock.isEmpty()) {
                return;
            }
            final Path data = disk.map(SmallDisk::directory).orElse(config.data());
            try (RobotRun robot = start("small-disk", data, config.isTethered(), clock.orElse(Map.of()))) {
                progress.accept("a second robot on a small disk: warming up");
                WarmUp.await(robot.pid(NodeId.CONTROL), LEAST_WARM_UP_S, MOST_WARM_UP_S);
                try (RobotMeasurement measurement =
                        new RobotMeasurement(robot, config, "small-disk-witness", progress)) {
                    Waiting.sleep(config.phaseNs() / 2);
                    if (clock.isPresent()) {
                        measure(robot, measurement, FaultList.clockStep(config));
                    }
                    if (disk.isPresent()) {
                        measure(robot, measurement, FaultList.diskFull(config));
                    }
                }
            }
        } finally {
            disk.ifPresent(SmallDisk::close);
        }
    }

    private LoopAllocation allocation(final ChildMeasurements children) {
        progress.accept("what control's loop allocates");
        return children.allocation();
    }

    private PublishCost publishing(final ChildMeasurements children) {
        progress.accept("what publishing costs beside bare Aeron");
        return children.publishing();
    }

    private Losses tetheredLosses() {
        progress.accept("the same robot without isolation, its recorder stopped");
        try (RobotRun robot = start("tethered", true);
                FaultTarget target = FaultTarget.open(robot.directory());
                Fault stop = new ProcessStop(NodeId.PERSISTENCE)) {
            Waiting.sleep(config.phaseNs() / 2);
            final Losses before = Losses.read(robot.view());
            stop.begin(target);
            Waiting.sleep(TETHERED_STOP_NS);
            stop.end();
            return Losses.read(robot.view()).since(before);
        }
    }

    private RobotRun start(final String what, final boolean isTethered) {
        return start(what, config.data(), isTethered, Map.of());
    }

    private RobotRun start(
            final String what, final Path data, final boolean isTethered, final Map<String, String> environment) {
        final Path directory = config.workDirectory().resolve(what);
        Directories.make(directory);
        return RobotRun.start(new RobotRun.Plan(
                config.home(),
                config.name(),
                data,
                directory,
                isTethered,
                List.of("--rt", config.rt().name().toLowerCase(Locale.ROOT)),
                environment));
    }
}
