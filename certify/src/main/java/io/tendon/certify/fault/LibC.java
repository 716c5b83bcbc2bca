package io.tendon.certify.fault;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.ByteBuffer;

/** The C library, mapped by JNA; its names are the C library's. Sources: kill(2), ptrace(2), wait(2). */
final class LibC {
    static final int SIGKILL = 9;
    static final int SIGCONT = 18;
    static final int SIGSTOP = 19;

    static final int EPERM = 1;
    static final int ESRCH = 3;
    static final int ECHILD = 10;

    static {
        Native.register("c");
    }

    private LibC() {}

    static native int kill(int pid, int signal) throws LastErrorException;

    static native long ptrace(long request, long tid, long address, long data) throws LastErrorException;

    static native long ptrace(long request, long tid, long address, ByteBuffer data) throws LastErrorException;

    static native int waitpid(int pid, ByteBuffer status, int options) throws LastErrorException;
}
