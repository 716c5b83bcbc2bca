/**
 * The certificate for people and for machines: {@link io.tendon.certify.page.CertificatePage} is one HTML file with its
 * pictures inside, {@link io.tendon.certify.page.CertificateJson} the same as JSON. Pure; any thread.
 */
@NullMarked
package io.tendon.certify.page;

import org.jspecify.annotations.NullMarked;
