/**
 * What commands that read a session are asked with: which one, and from when to when. Filled by Picocli on the main thread.
 *
 * <p>Read {@link io.tendon.sessionlog.option.SessionOption} first.
 */
@NullMarked
package io.tendon.sessionlog.option;

import org.jspecify.annotations.NullMarked;
