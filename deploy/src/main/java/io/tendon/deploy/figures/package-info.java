/**
 * How a robot does, in figures: read from its counters and from what was just recorded, both read-only, so that no node
 * notices however many look. Read {@link io.tendon.deploy.figures.RobotReader} first; {@link
 * io.tendon.deploy.figures.RobotFigures} is what it gives, {@link io.tendon.deploy.figures.FigureHistory} makes rates of
 * two of them, {@link io.tendon.deploy.figures.EventTail} follows the events.
 *
 * <p>One owner thread each, never a node's.
 */
@NullMarked
package io.tendon.deploy.figures;

import org.jspecify.annotations.NullMarked;
