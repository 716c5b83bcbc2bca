/**
 * The commands that ship, as a list: {@link io.tendon.deploy.command.CommandCatalog}. The build makes their shell completion
 * from it, and tests hold the documents against it.
 */
@NullMarked
package io.tendon.deploy.command;

import org.jspecify.annotations.NullMarked;
