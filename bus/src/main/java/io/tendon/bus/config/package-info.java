/**
 * Options of a node: Picocli options with a properties file behind them. {@link io.tendon.bus.config.NodeCommand} runs a
 * command line with our exit codes; {@link io.tendon.bus.config.ConfigDefaults} is the file. Start-up only, main thread.
 */
@NullMarked
package io.tendon.bus.config;

import org.jspecify.annotations.NullMarked;
