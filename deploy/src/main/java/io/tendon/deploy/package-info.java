/**
 * What ships, and the command that runs it all: {@link io.tendon.deploy.LaunchAll} starts the four processes in order,
 * watches them, shows how they do, and stops them in order. Read {@link io.tendon.deploy.RobotLaunch} first. Nothing here
 * takes part in control: the launcher reads counters and sends signals.
 */
@NullMarked
package io.tendon.deploy;

import org.jspecify.annotations.NullMarked;
