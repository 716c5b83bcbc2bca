/**
 * Exceptions of a node, kept in memory where any process can read them: {@link
 * io.tendon.bus.errorlog.MappedErrorLog}.
 */
@NullMarked
package io.tendon.bus.errorlog;

import org.jspecify.annotations.NullMarked;
