/**
 * Proof of the isolation: faults on demand against a running robot, a witness of what the machine itself does to the
 * control core, the design of the story as a rig, and the certificate that puts them side by side.
 */
@NullMarked
package io.tendon.certify;

import org.jspecify.annotations.NullMarked;
