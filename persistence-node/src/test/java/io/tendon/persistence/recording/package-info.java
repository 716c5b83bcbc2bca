/** Tests of what keeps the recording going. */
@NullMarked
package io.tendon.persistence.recording;

import org.jspecify.annotations.NullMarked;
