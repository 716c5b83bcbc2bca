package io.tendon.robot;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which joints of a tree are the arm and which the gripper.
 *
 * <p>The way goes from the root along joints that have something moving behind them. Where it forks:
 *
 * <ul>
 *   <li>one branch with more than {@value #SHORT_DEPTH} driven joints in a row: the way follows it, the others (wheels, a
 *       moving camera) are held still;
 *   <li>only shorter branches, and at least three joints so far: the branches are the gripper;
 *   <li>at least three joints so far and a link named like a hand, or only branches whose first joints are named like
 *       fingers: they are a hand, which is a gripper;
 *   <li>several long branches: two arms, refused.
 * </ul>
 *
 * <p>Last joints in a row that are named like a gripper's are the gripper too. One file, one thread.
 */
final class ArmSelection {
    /** Driven joints in a row that a branch may have and still be a finger. */
    static final int SHORT_DEPTH = 2;

    private static final double LONGEST_SLIDE_M = 100;
    private static final Pattern HAND_LINK = Pattern.compile("palm|hand");
    private static final Pattern FINGER_JOINT = Pattern.compile("gripper|finger|thumb|jaw|knuckle|claw");
    private static final Pattern FINGER_LINK = Pattern.compile("finger|thumb|jaw|knuckle|claw");

    private final UrdfTree tree;
    private final UrdfOptions options;
    private final List<String> assumptions;
    private final List<UrdfJoint> way = new ArrayList<>();
    private final Set<UrdfJoint> gripper = new LinkedHashSet<>();

    private ArmSelection(final UrdfTree tree, final UrdfOptions options, final List<String> assumptions) {
        this.tree = tree;
        this.options = options;
        this.assumptions = assumptions;
    }

    /**
     * What was found.
     *
     * @param joints of the arm, base to tip, 3 to 16, each driven and with a range.
     * @param gripperJoints moving joints of the gripper, may be empty.
     */
    record Arm(List<UrdfJoint> joints, List<UrdfJoint> gripperJoints) {
        String lastLink() {
            return joints.get(joints.size() - 1).child();
        }
    }

    static Arm select(final UrdfTree tree, final UrdfOptions options, final List<String> assumptions) {
        return new ArmSelection(tree, options, assumptions).select();
    }

    private Arm select() {
        for (final String name : options.gripperJoints()) {
            final UrdfJoint joint = tree.joint(name);
            if (joint == null || !joint.isMoving()) {
                throw tree.robot()
                        .fault("gripper joint \"" + name + "\" of the options: must be a moving joint of the file; "
                                + "correct the option");
            }
            gripper.add(joint);
        }
        addFollowers();
        if (options.tipLink() == null) {
            walk();
        } else {
            walkTo(options.tipLink());
        }
        dropTrailingFingers();
        addFollowers();
        for (final UrdfJoint joint : way) {
            checkArmJoint(joint);
        }
        checkCount();
        return new Arm(List.copyOf(way), List.copyOf(gripper));
    }

    private void walk() {
        String link = tree.root().name();
        UrdfJoint next = nextJoint(link);
        while (next != null) {
            link = pass(next);
            next = nextJoint(link);
        }
    }

    private void walkTo(final String tip) {
        if (tree.link(tip) == null) {
            throw tree.robot()
                    .fault("tip link \"" + tip + "\" of the options: must be a link of the file; correct the option");
        }
        final List<UrdfJoint> path = new ArrayList<>();
        for (UrdfJoint joint = tree.parentJoint(tip); joint != null; joint = tree.parentJoint(joint.parent())) {
            path.add(0, joint);
        }
        for (final UrdfJoint joint : path) {
            pass(joint);
        }
        final String last =
                way.isEmpty() ? tree.root().name() : way.get(way.size() - 1).child();
        if (gripper.isEmpty()) {
            addMovingBehind(last);
        }
    }

    private String pass(final UrdfJoint joint) {
        if (joint.isMoving() && !gripper.contains(joint)) {
            way.add(joint);
        }
        return joint.child();
    }

    /** The joint by which the way leaves a link; null when the arm ends there. */
    private @Nullable UrdfJoint nextJoint(final String link) {
        final List<UrdfJoint> branches = new ArrayList<>();
        final List<UrdfJoint> longBranches = new ArrayList<>();
        for (final UrdfJoint joint : tree.childJoints(link)) {
            if (tree.movingDepth(joint) > 0 && !gripper.contains(joint)) {
                branches.add(joint);
                if (tree.drivenDepth(joint) > SHORT_DEPTH) {
                    longBranches.add(joint);
                }
            }
        }
        if (branches.size() <= 1) {
            return branches.isEmpty() ? null : branches.get(0);
        }
        final boolean armIsWhole = way.size() >= RobotModel.MIN_JOINTS;
        if (armIsWhole && (longBranches.isEmpty() || isHand(link, branches))) {
            branches.forEach(this::addMoving);
            return null;
        }
        if (longBranches.size() > 1) {
            throw twoArms(link, longBranches);
        }
        final UrdfJoint chosen = longBranches.isEmpty() ? deepest(branches) : longBranches.get(0);
        for (final UrdfJoint branch : branches) {
            if (!branch.equals(chosen)) {
                assumptions.add("joint \"" + branch.name() + "\" and what moves behind it is not part of the arm and is"
                        + " taken to stand still at 0");
            }
        }
        return chosen;
    }

    private UrdfException twoArms(final String link, final List<UrdfJoint> branches) {
        final UrdfJoint first = branches.get(0);
        final UrdfJoint second = branches.get(1);
        return second.source()
                .fault("two arms, link \"" + link + "\" branches into joint \"" + first.name() + "\" with "
                        + tree.drivenDepth(first) + " joints in a row and joint \"" + second.name() + "\" with "
                        + tree.drivenDepth(second) + ": only one chain can be driven; name the tip link of one arm");
    }

    private UrdfJoint deepest(final List<UrdfJoint> branches) {
        UrdfJoint best = branches.get(0);
        for (final UrdfJoint branch : branches) {
            if (tree.drivenDepth(branch) > tree.drivenDepth(best)) {
                best = branch;
            }
        }
        return best;
    }

    private boolean isHand(final String link, final List<UrdfJoint> branches) {
        return HAND_LINK.matcher(link.toLowerCase(Locale.ROOT)).find()
                || branches.stream().allMatch(this::beginsFinger);
    }

    private boolean beginsFinger(final UrdfJoint branch) {
        UrdfJoint joint = branch;
        while (!joint.isMoving() && tree.childJoints(joint.child()).size() == 1) {
            joint = tree.childJoints(joint.child()).get(0);
        }
        return isFinger(joint);
    }

    private static boolean isFinger(final UrdfJoint joint) {
        return FINGER_JOINT.matcher(joint.name().toLowerCase(Locale.ROOT)).find()
                || FINGER_LINK.matcher(joint.child().toLowerCase(Locale.ROOT)).find();
    }

    private void dropTrailingFingers() {
        if (!options.gripperJoints().isEmpty()) {
            return;
        }
        while (way.size() > RobotModel.MIN_JOINTS && isFinger(way.get(way.size() - 1))) {
            gripper.add(way.remove(way.size() - 1));
        }
    }

    private void addMovingBehind(final String link) {
        for (final UrdfJoint joint : tree.childJoints(link)) {
            addMoving(joint);
        }
    }

    private void addMoving(final UrdfJoint joint) {
        if (joint.isMoving()) {
            gripper.add(joint);
        }
        addMovingBehind(joint.child());
    }

    /** Joints anywhere that mimic a joint of the gripper belong to it. */
    private void addFollowers() {
        for (final UrdfJoint joint : tree.joints()) {
            final UrdfJoint.Mimic mimic = joint.mimic();
            if (mimic != null && !way.contains(joint) && gripper.contains(tree.leader(joint))) {
                gripper.add(joint);
            }
        }
    }

    private void checkArmJoint(final UrdfJoint joint) {
        final UrdfJoint.Mimic mimic = joint.mimic();
        if (mimic != null) {
            throw mimic.source()
                    .fault("joint \"" + joint.name() + "\" of the arm mimics \"" + mimic.joint()
                            + "\": joints of the arm must move by themselves; name a tip link before it, or the gripper's"
                            + " joints");
        }
        if (joint.type() == JointType.CONTINUOUS) {
            return;
        }
        final UrdfJoint.Limit limit = joint.limit();
        if (limit == null) {
            throw joint.source()
                    .fault("joint \"" + joint.name()
                            + "\" has no <limit>: a revolute or prismatic joint must have lower"
                            + " and upper; add them, or make it continuous");
        }
        if (!(limit.lower() < limit.upper())) {
            throw limit.source()
                    .fault("limit of joint \"" + joint.name() + "\" lower=" + limit.lower() + " upper=" + limit.upper()
                            + ": leaves no range to move in, lower must be below upper; write the real limits, or make"
                            + " the joint fixed");
        }
        if (joint.type() == JointType.PRISMATIC
                && Math.max(Math.abs(limit.lower()), Math.abs(limit.upper())) > LONGEST_SLIDE_M) {
            throw limit.source()
                    .fault("limit of sliding joint \"" + joint.name() + "\" lower=" + limit.lower() + " upper="
                            + limit.upper() + ": must be within -" + LONGEST_SLIDE_M + " and " + LONGEST_SLIDE_M
                            + " m; write the real limits in m");
        }
    }

    private void checkCount() {
        if (way.size() < RobotModel.MIN_JOINTS) {
            throw tree.robot()
                    .fault("the arm has " + way.size() + " moving joints " + names() + ": must have "
                            + RobotModel.MIN_JOINTS + " to " + RobotModel.MAX_JOINTS
                            + "; give an arm with more, or name the tip link");
        }
        if (way.size() > RobotModel.MAX_JOINTS) {
            throw way.get(RobotModel.MAX_JOINTS)
                    .source()
                    .fault("the arm has " + way.size() + " moving joints, joint \""
                            + way.get(RobotModel.MAX_JOINTS).name() + "\" is one too many: must have "
                            + RobotModel.MIN_JOINTS + " to " + RobotModel.MAX_JOINTS
                            + "; name a tip link before it");
        }
    }

    private List<String> names() {
        return way.stream().map(UrdfJoint::name).toList();
    }
}
