package io.tendon.robot;

import java.util.Map;

/**
 * The links and joints of a file, each checked by itself but not against one another.
 *
 * @param robot root element.
 * @param links by name, in the order of the file.
 * @param joints by name, in the order of the file; at least one.
 */
record UrdfDocument(UrdfElement robot, Map<String, UrdfLink> links, Map<String, UrdfJoint> joints) {}
