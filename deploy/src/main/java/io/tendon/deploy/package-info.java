/**
 * What ships, and the command that runs it all: {@link io.tendon.deploy.LaunchAll} starts the four processes in order,
 * starts those again that die ({@code Supervisor}), shows how they do, and stops them in order. Read {@link io.tendon.deploy.RobotLaunch} first. Nothing here
 * takes part in control: the launcher reads counters and sends signals.
 *
 * <p>{@link io.tendon.deploy.StatusPanel} shows a robot that runs already. What is shown is read by {@link
 * io.tendon.deploy.figures} and drawn by {@link io.tendon.deploy.panel}.
 */
@NullMarked
package io.tendon.deploy;

import org.jspecify.annotations.NullMarked;
