package io.tendon.bus.cycle;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.ByteBuffer;

/** The C library, mapped by JNA; its names are the C library's, its constants those of Linux. Any thread. */
final class LibC {
    static final int SCHED_FIFO = 1;
    static final int PR_SET_TIMERSLACK = 29;
    static final int PR_GET_TIMERSLACK = 30;
    static final int MCL_CURRENT = 1;
    static final int MCL_FUTURE = 2;
    /** Lock a page when it is touched first, and not all that is reserved; Linux 4.4 or newer. */
    static final int MCL_ONFAULT = 4;

    static {
        Native.register("c");
    }

    private LibC() {}

    static native int sched_setscheduler(int pid, int policy, ByteBuffer parameter) throws LastErrorException;

    static native int sched_setaffinity(int pid, long lengthBytes, ByteBuffer mask) throws LastErrorException;

    static native int prctl(int option, long arg2, long arg3, long arg4, long arg5) throws LastErrorException;

    static native int mlockall(int flags) throws LastErrorException;
}
