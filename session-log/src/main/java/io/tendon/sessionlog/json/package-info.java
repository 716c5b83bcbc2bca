/**
 * Recorded messages as JSON, by the schema's intermediate representation: a new message needs no code here.
 *
 * <p>Read {@link io.tendon.sessionlog.json.MessageJson} first. Everything belongs to the thread that made it.
 */
@NullMarked
package io.tendon.sessionlog.json;

import org.jspecify.annotations.NullMarked;
