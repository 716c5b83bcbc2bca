/**
 * The one table of streams and the rule that sizes them. Read {@link io.tendon.bus.catalog.StreamCatalog} first, then
 * {@link io.tendon.bus.catalog.StreamSizing}, which says why a stalled reader cannot hold a writer.
 */
@NullMarked
package io.tendon.bus.catalog;

import org.jspecify.annotations.NullMarked;
