/**
 * The panel: how a robot does, on one screen. {@link io.tendon.deploy.panel.Panel} draws it, figures in and lines out;
 * {@link io.tendon.deploy.panel.LivePanel} keeps it up to date on a terminal and listens to keys; {@link
 * io.tendon.deploy.panel.StatusJson} says the same to machines. What each figure means stands in
 * docs/operations/panel.md.
 *
 * <p>On a thread of its own, never the launcher's main one: a terminal that takes nothing must not hold whoever watches
 * the robot.
 */
@NullMarked
package io.tendon.deploy.panel;

import org.jspecify.annotations.NullMarked;
