/** Answers questions to the store of the robot that runs, on a thread of their own. */
@NullMarked
package io.tendon.persistence.query;

import org.jspecify.annotations.NullMarked;
