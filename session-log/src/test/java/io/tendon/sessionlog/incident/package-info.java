/** Tests of incidents on disk. */
@NullMarked
package io.tendon.sessionlog.incident;

import org.jspecify.annotations.NullMarked;
