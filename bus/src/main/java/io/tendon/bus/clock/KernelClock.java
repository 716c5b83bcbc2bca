package io.tendon.bus.clock;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Whether the kernel takes its wall clock for synchronised, whoever does so: chrony, ntpd, systemd-timesyncd. Source:
 * adjtimex(2). Linux only. Any thread but a loop's.
 */
public final class KernelClock {
    /** Whether somebody keeps the clock. */
    public enum State {
        /** Somebody does. */
        SYNCHRONISED,
        /** Nobody does. */
        FREE,
        /** It cannot be asked. */
        UNKNOWN
    }

    /** struct timex on 64 bits: 208 bytes, all 0 to read only; {@code status} is at 40. */
    private static final int TIMEX_LENGTH = 208;

    private static final int STATUS_OFFSET = 40;
    private static final int STA_UNSYNC = 0x40;

    private KernelClock() {}

    /** Asks; changes nothing. */
    public static State state() {
        if (!Platform.isLinux() || !Platform.is64Bit()) {
            return State.UNKNOWN;
        }
        final ByteBuffer timex = ByteBuffer.allocateDirect(TIMEX_LENGTH).order(ByteOrder.nativeOrder());
        try {
            LibC.adjtimex(timex);
            return (timex.getInt(STATUS_OFFSET) & STA_UNSYNC) == 0 ? State.SYNCHRONISED : State.FREE;
        } catch (final LastErrorException | LinkageError e) {
            return State.UNKNOWN;
        }
    }

    /** The C library, mapped by JNA. */
    private static final class LibC {
        static {
            Native.register("c");
        }

        private LibC() {}

        static native int adjtimex(ByteBuffer timex) throws LastErrorException;
    }
}
