/**
 * Incidents: ranges of a session's recording that something happened in, kept from being deleted. A range is pinned and not
 * copied. Read {@link io.tendon.sessionlog.incident.Incident} first.
 */
@NullMarked
package io.tendon.sessionlog.incident;

import org.jspecify.annotations.NullMarked;
