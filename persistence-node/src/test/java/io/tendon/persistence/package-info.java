/** Tests of the recorder on a real driver and a real archive, in this process and in one of its own. */
@NullMarked
package io.tendon.persistence;

import org.jspecify.annotations.NullMarked;
