package io.tendon.robot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links and joints of a file as one tree: one root, no loops, no unknown names. Immutable once made.
 */
final class UrdfTree {
    private final UrdfDocument document;
    private final Map<String, List<UrdfJoint>> childJoints = new HashMap<>();
    private final Map<String, UrdfJoint> parentJoints = new HashMap<>();
    private final Map<String, Integer> drivenDepths = new HashMap<>();
    private final Map<String, Integer> movingDepths = new HashMap<>();
    private final UrdfLink root;

    UrdfTree(final UrdfDocument document) {
        this.document = document;
        for (final UrdfJoint joint : document.joints().values()) {
            connect(joint);
        }
        root = findRoot();
        measureDepths(reachable());
        for (final UrdfJoint joint : document.joints().values()) {
            checkMimic(joint);
        }
    }

    UrdfElement robot() {
        return document.robot();
    }

    UrdfLink root() {
        return root;
    }

    @Nullable
    UrdfLink link(final String name) {
        return document.links().get(name);
    }

    @Nullable
    UrdfJoint joint(final String name) {
        return document.joints().get(name);
    }

    /** Joints mounted on a link, in the order of the file. */
    List<UrdfJoint> childJoints(final String link) {
        return childJoints.getOrDefault(link, List.of());
    }

    /** The joint that carries a link; null for the root. */
    @Nullable
    UrdfJoint parentJoint(final String link) {
        return parentJoints.get(link);
    }

    /** Most driven joints on any way from a joint, itself included, to a leaf; 0 when nothing moves by a motor there. */
    int drivenDepth(final UrdfJoint joint) {
        return drivenDepths.getOrDefault(joint.child(), 0) + (joint.isDriven() ? 1 : 0);
    }

    /** As {@link #drivenDepth}, joints that mimic counted too. */
    int movingDepth(final UrdfJoint joint) {
        return movingDepths.getOrDefault(joint.child(), 0) + (joint.isMoving() ? 1 : 0);
    }

    /** All joints, in the order of the file. */
    Collection<UrdfJoint> joints() {
        return document.joints().values();
    }

    /** The joint at the end of a row of mimics: the joint itself when it leads. */
    UrdfJoint leader(final UrdfJoint joint) {
        UrdfJoint leader = joint;
        for (UrdfJoint.Mimic mimic = joint.mimic(); mimic != null; mimic = leader.mimic()) {
            leader = Objects.requireNonNull(document.joints().get(mimic.joint()));
        }
        return leader;
    }

    private void connect(final UrdfJoint joint) {
        checkLink(joint, "parent", joint.parent());
        checkLink(joint, "child", joint.child());
        final UrdfJoint other = parentJoints.putIfAbsent(joint.child(), joint);
        if (other != null) {
            throw joint.source()
                    .fault("link \"" + joint.child() + "\" is child of joint \"" + joint.name() + "\" and of joint \""
                            + other.name() + "\" at line " + other.source().line()
                            + ": a link must have one parent, loops are not possible in URDF; remove one joint");
        }
        childJoints.computeIfAbsent(joint.parent(), key -> new ArrayList<>()).add(joint);
    }

    private void checkLink(final UrdfJoint joint, final String end, final String name) {
        if (!document.links().containsKey(name)) {
            final UrdfElement element = joint.source().child(end);
            throw (element == null ? joint.source() : element)
                    .fault("joint \"" + joint.name() + "\" " + end + " link \"" + name
                            + "\": unknown, must be the name of a <link>; correct the name or add the link");
        }
    }

    private UrdfLink findRoot() {
        UrdfLink found = null;
        for (final UrdfLink link : document.links().values()) {
            if (!parentJoints.containsKey(link.name())) {
                if (found != null) {
                    throw link.source()
                            .fault("several roots, link \"" + link.name() + "\" besides link \"" + found.name()
                                    + "\" at line " + found.source().line()
                                    + ": exactly one link must have no parent; join them with a fixed joint");
                }
                found = link;
            }
        }
        if (found == null) {
            throw document.joints()
                    .values()
                    .iterator()
                    .next()
                    .source()
                    .fault("no root, every link has a parent, so the joints form a loop: one link must have none;"
                            + " remove a joint");
        }
        return found;
    }

    /** Links from the root outwards, parents first. A link that is not among them is part of a loop. */
    private List<String> reachable() {
        final List<String> order = new ArrayList<>();
        order.add(root.name());
        for (int i = 0; i < order.size(); i++) {
            for (final UrdfJoint joint : childJoints(order.get(i))) {
                order.add(joint.child());
            }
        }
        if (order.size() < document.links().size()) {
            final Set<String> reached = new HashSet<>(order);
            for (final UrdfJoint joint : document.joints().values()) {
                if (!reached.contains(joint.child())) {
                    throw joint.source()
                            .fault("joint \"" + joint.name() + "\" is part of a loop that does not reach the root \""
                                    + root.name() + "\": links must form a tree; remove a joint of the loop");
                }
            }
        }
        return order;
    }

    private void measureDepths(final List<String> order) {
        for (int i = order.size() - 1; i > 0; i--) {
            final UrdfJoint joint = parentJoints.get(order.get(i));
            if (joint != null) {
                drivenDepths.merge(joint.parent(), drivenDepth(joint), Math::max);
                movingDepths.merge(joint.parent(), movingDepth(joint), Math::max);
            }
        }
    }

    private void checkMimic(final UrdfJoint joint) {
        UrdfJoint.Mimic mimic = joint.mimic();
        for (int hops = 0; mimic != null; hops++) {
            final UrdfJoint leader = document.joints().get(mimic.joint());
            if (leader == null) {
                throw mimic.source()
                        .fault("joint \"" + joint.name() + "\" mimics \"" + mimic.joint()
                                + "\": unknown, must be the name of a <joint>; correct the name");
            }
            if (hops >= document.joints().size()) {
                throw mimic.source()
                        .fault("joint \"" + joint.name() + "\" mimics \"" + mimic.joint()
                                + "\", which mimics it in turn: one joint must lead; remove a <mimic>");
            }
            mimic = leader.mimic();
        }
    }
}
