/**
 * The work cell that the arm stands in: the table, the block, and where the block is picked and placed.
 *
 * <p>{@link io.tendon.robot.cell.WorkcellFile} reads one at start-up. The simulated arm takes from it where the block
 * begins, fusion's task where to pick and to place. Everything here is immutable.
 */
@org.jspecify.annotations.NullMarked
package io.tendon.robot.cell;
