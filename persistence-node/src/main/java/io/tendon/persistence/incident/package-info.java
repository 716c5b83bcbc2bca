/** Notices in the recording what must not be deleted. Runs on the log's tail. */
@NullMarked
package io.tendon.persistence.incident;

import org.jspecify.annotations.NullMarked;
