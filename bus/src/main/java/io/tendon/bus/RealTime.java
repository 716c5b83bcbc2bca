package io.tendon.bus;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs in a cycle. After warm-up such code allocates nothing, takes no lock, makes no blocking call, does no file or
 * socket I/O and no logging, boxes nothing, builds no strings, and reads no clock but the injected one. Tests hold the
 * loops to 0 allocated bytes.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RealTime {}
