package io.tendon.bench.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.bench.figures.Section;
import io.tendon.bench.report.Bar;
import io.tendon.bench.run.Progress;
import io.tendon.fusion.inference.Model;
import io.tendon.fusion.inference.ModelFault;
import io.tendon.fusion.inference.ModelFile;
import io.tendon.fusion.inference.OnnxModel;
import io.tendon.fusion.inference.Sha256;
import io.tendon.fusion.inference.TrainedOn;
import io.tendon.robot.cell.Workcell;
import io.tendon.robot.cell.WorkcellFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few of the seeds: the whole is {@code bench/run.sh anomalies}. */
class AnomalyRunTest {
    private static final Path CONFIG = Path.of("../deploy/src/main/config");

    @TempDir
    private Path directory;

    @Test
    void shouldTellFaultsFromGaps() throws IOException {
        final AnomalyRun run = run();
        final Section well = run.well(1);
        final Section faults = run.faults(2);

        assertThat(well.bars()).hasSize(4).allMatch(Bar::isKept);
        assertThat(faults.bars()).hasSize(10).allMatch(Bar::isKept);
    }

    @Test
    void shouldTellFaultsFromGapsByTheShippedModel() throws IOException, ModelFault {
        final Work work = Work.of(
                WeighedRobot.read(CONFIG.resolve("robots/tendon6.urdf")).times(1),
                WorkcellFile.read(CONFIG.resolve("cell.properties")));
        final ModelFile file = ModelFile.read(CONFIG.resolve("models/tendon6-windows.properties"));
        try (Model model = OnnxModel.open(file, directory)) {
            final ModelRun run = new ModelRun(work, file, model, 1_000, 1, new Progress(line -> {}, () -> false));
            final Section well = run.well(1);
            final Section faults = run.faults(2);

            assertThat(well.bars()).hasSize(3).allMatch(Bar::isKept);
            assertThat(faults.bars()).hasSize(11).allMatch(Bar::isKept);
        }
        assertThat(file.trainedOn())
                .isEqualTo(new TrainedOn(
                        Sha256.of(CONFIG.resolve("robots/tendon6.urdf")),
                        Sha256.of(CONFIG.resolve("cell.properties")),
                        10_000_000,
                        1_000_000));
    }

    @Test
    void shouldGiveTheSameNumbersForTheSameSeeds() throws IOException {
        assertThat(run().well(1).lines()).isEqualTo(run().well(1).lines());
    }

    /** Joints are judged one by one, and behind a stall each swings what the others carry. */
    @Test
    void shouldNotTakeAHeavyBlockBehindStallsForAFault() throws IOException {
        final Workcell usual = WorkcellFile.read(CONFIG.resolve("cell.properties"));
        final Workcell cell = new Workcell(
                usual.tableHeightM(),
                usual.blockSizeM(),
                2,
                usual.pickPositionM(),
                usual.placePositionM(),
                usual.approachHeightM(),
                usual.toolYawRad());
        final Work work =
                Work.of(WeighedRobot.read(CONFIG.resolve("robots/tendon6.urdf")).times(1), cell);
        final WatchedArm arm = new WatchedArm(work.arm(1_001, Gaps.STALLS, List.of()));
        final WatchedArm.Watcher watcher = arm.watch(work.robot(), cell.blockMassKg(), true);
        for (int ms = 0; ms < 60_000; ms++) {
            arm.step();
        }

        assertThat(watcher.findings()).isEmpty();
    }

    private static AnomalyRun run() throws IOException {
        final WeighedRobot robot = WeighedRobot.read(CONFIG.resolve("robots/tendon6.urdf"));
        final Work work = Work.of(robot.times(1), WorkcellFile.read(CONFIG.resolve("cell.properties")));
        assertThat(robot.times(2).chain()).isNotEqualTo(work.robot().chain());
        return new AnomalyRun(work, robot.times(1.1), 1_000, 1, new Progress(line -> {}, () -> false));
    }
}
