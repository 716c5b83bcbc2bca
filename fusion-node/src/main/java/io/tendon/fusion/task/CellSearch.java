package io.tendon.fusion.task;

import io.tendon.robot.ForwardKinematics;
import io.tendon.robot.RobotModel;
import io.tendon.robot.cell.Point;
import io.tendon.robot.cell.Workcell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds a work cell for a robot that nobody has made one for: two places on a table that it reaches in a straight line
 * from above, off its joint limits, in different directions, with the tool as far down as the arm can turn it.
 *
 * <p>Tables are tried from the height of the base outwards. For each, places are tried on circles about the base and where
 * random joint positions have brought the tip; the first table with a pair of places that {@link CellPlanner} accepts
 * wins. Bounded, and the same in each run; takes some seconds at worst. Planning time only; one owner thread.
 */
public final class CellSearch {
    private static final long SEED = 0xCE11;
    private static final int WORKSPACE_SAMPLES = 6_000;
    private static final int PLACE_TRIES = 6;
    private static final int MAX_PLACES = 72;
    private static final int MAX_PAIRS = 12;
    private static final int AZIMUTHS = 24;
    private static final double[] RADII = {0.5, 0.6, 0.4, 0.7, 0.3};
    private static final double[] TABLES = {0, 0.1, 0.2, -0.1, 0.3, 0.45, -0.25, 0.6, -0.4, 0.8, -0.6};
    private static final double[] APPROACHES = {0.15, 0.08};
    private static final double GOOD_SPREAD_RAD = Math.toRadians(60);
    private static final double MIN_SPREAD_RAD = Math.toRadians(12);
    private static final double BLOCK_DENSITY_KG_PER_M3 = 3_900;

    private final RobotModel robot;
    private final StationPlanner stations;
    private final CellPlanner cells;
    private final double reachM;
    private final double blockSizeM;
    private final double[] tips = new double[3 * WORKSPACE_SAMPLES];

    /** A place that can be served, and how well: less is better. */
    private record Place(Point centre, double cost) {
        double azimuthRad() {
            return Math.atan2(centre.yM(), centre.xM());
        }
    }

    private record Pair(Place a, Place b, double cost) {}

    /**
     * A search for a robot.
     *
     * @param robot any that {@code UrdfReader} accepts.
     */
    public CellSearch(final RobotModel robot) {
        this.robot = robot;
        stations = new StationPlanner(robot, PLACE_TRIES);
        cells = new CellPlanner(robot);
        blockSizeM = Math.round(1e3 * Math.min(0.04, 0.5 * robot.gripper().maxWidthM())) / 1e3;
        reachM = sampleWorkspace();
    }

    /**
     * Finds a cell.
     *
     * @return the cell.
     * @throws PlanException when there is none.
     */
    public Workcell find() {
        if (blockSizeM > 0) {
            for (final double approach : APPROACHES) {
                final double approachHeightM = Math.max(approach * reachM, 1.2 * blockSizeM);
                for (final double table : TABLES) {
                    final Workcell cell = tryTable(round(table * reachM), round(approachHeightM));
                    if (cell != null) {
                        return cell;
                    }
                }
            }
        }
        throw new PlanException(String.format(
                Locale.ROOT,
                "robot=%s: no two places on a table are within its reach of %.3f m in a straight line from above, for a"
                        + " block of %.3f m; write a work cell by hand, or choose another tip link",
                robot.name(),
                reachM,
                blockSizeM));
    }

    private @Nullable Workcell tryTable(final double tableHeightM, final double approachHeightM) {
        final double restingM = tableHeightM + blockSizeM / 2;
        final List<Place> places = places(restingM, approachHeightM);
        final List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            for (int k = i + 1; k < places.size(); k++) {
                addPair(places.get(i), places.get(k), pairs);
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::cost));
        for (final Pair pair : pairs.subList(0, Math.min(MAX_PAIRS, pairs.size()))) {
            final Workcell cell = Workcell.onTable(
                    tableHeightM,
                    blockSizeM,
                    blockMassKg(),
                    new double[] {pair.a().centre().xM(), pair.a().centre().yM()},
                    new double[] {pair.b().centre().xM(), pair.b().centre().yM()},
                    approachHeightM,
                    0);
            if (cells.tryPlan(cell) != null) {
                return cell;
            }
        }
        return null;
    }

    private void addPair(final Place a, final Place b, final List<Pair> pairs) {
        final double spreadRad = Math.abs(Math.IEEEremainder(a.azimuthRad() - b.azimuthRad(), 2 * Math.PI));
        final boolean isApart = a.centre().distanceM(b.centre()) >= Math.max(3 * blockSizeM, 0.15 * reachM);
        if (isApart && spreadRad >= MIN_SPREAD_RAD) {
            pairs.add(new Pair(a, b, a.cost() + b.cost() + Math.abs(spreadRad - GOOD_SPREAD_RAD)));
        }
    }

    private List<Place> places(final double restingM, final double approachHeightM) {
        final List<Place> places = new ArrayList<>();
        for (final double radius : RADII) {
            for (int k = 0; k < AZIMUTHS && places.size() < MAX_PLACES / 2; k++) {
                final double azimuthRad = 2 * Math.PI * k / AZIMUTHS;
                final double radiusM = radius * reachM;
                addPlace(
                        radiusM * Math.cos(azimuthRad),
                        radiusM * Math.sin(azimuthRad),
                        restingM,
                        approachHeightM,
                        places);
            }
        }
        int tried = 0;
        for (int k = 0; k < WORKSPACE_SAMPLES && tried < MAX_PLACES && places.size() < MAX_PLACES; k++) {
            if (Math.abs(tips[3 * k + 2] - restingM) < 0.03 * reachM) {
                tried++;
                addPlace(tips[3 * k], tips[3 * k + 1], restingM, approachHeightM, places);
            }
        }
        return places;
    }

    private void addPlace(
            final double xM, final double yM, final double zM, final double approachHeightM, final List<Place> places) {
        final Point centre = new Point(round(xM), round(yM), zM);
        if (!isNearWorkspace(centre)) {
            return;
        }
        if (stations.plan(centre, approachHeightM, 0, robot.homePositions()) != null) {
            final double marginCost = Math.max(0, 0.1 - stations.limitMargin()) * 5;
            places.add(new Place(centre, 3 * stations.angleErrorRad() + marginCost));
        }
    }

    private boolean isNearWorkspace(final Point point) {
        final double nearM = 0.12 * reachM;
        for (int k = 0; k < WORKSPACE_SAMPLES; k++) {
            final double dx = tips[3 * k] - point.xM();
            final double dy = tips[3 * k + 1] - point.yM();
            final double dz = tips[3 * k + 2] - point.zM();
            if (dx * dx + dy * dy + dz * dz < nearM * nearM) {
                return true;
            }
        }
        return false;
    }

    /** Fills the tips of random joint positions; returns the distance of the furthest from the base, m. */
    private double sampleWorkspace() {
        final SplittableRandom random = new SplittableRandom(SEED);
        final ForwardKinematics forward = new ForwardKinematics(robot.chain());
        final double[] positions = new double[robot.jointCount()];
        double furthestM = 0;
        for (int k = 0; k < WORKSPACE_SAMPLES; k++) {
            for (int i = 0; i < positions.length; i++) {
                positions[i] = stations.inverse().randomPosition(i, random);
            }
            forward.update(positions);
            final double[] tip = forward.tip().positionM();
            System.arraycopy(tip, 0, tips, 3 * k, 3);
            furthestM = Math.max(furthestM, Math.sqrt(tip[0] * tip[0] + tip[1] * tip[1] + tip[2] * tip[2]));
        }
        return furthestM;
    }

    private double blockMassKg() {
        final double massKg = BLOCK_DENSITY_KG_PER_M3 * blockSizeM * blockSizeM * blockSizeM;
        return Math.max(0.001, Math.round(1e3 * massKg) / 1e3);
    }

    /** To the millimetre. */
    private static double round(final double lengthM) {
        return Math.round(1e3 * lengthM) / 1e3;
    }
}
