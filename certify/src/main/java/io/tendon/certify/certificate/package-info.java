/**
 * The certificate: {@link io.tendon.certify.certificate.Certification} runs everything in order, {@link
 * io.tendon.certify.certificate.Certificate} is what came out, {@link io.tendon.certify.certificate.Verdict} holds it to the bars.
 * Main thread.
 */
@NullMarked
package io.tendon.certify.certificate;

import org.jspecify.annotations.NullMarked;
