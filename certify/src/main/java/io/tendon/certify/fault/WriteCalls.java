package io.tendon.certify.fault;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.config.NodeCommand;

/**
 * Which system calls put bytes into a file or a file onto its device, by the numbers of the kernel's ABI for x86_64
 * (arch/x86/entry/syscalls/syscall_64.tbl) and aarch64 (include/uapi/asm-generic/unistd.h).
 */
final class WriteCalls {
    private static final int AUDIT_ARCH_X86_64 = 0xC000003E;
    private static final int AUDIT_ARCH_AARCH64 = 0xC00000B7;

    private WriteCalls() {}

    /**
     * Whether a system call is write, pwrite64, writev, pwritev, pwritev2, fsync or fdatasync.
     *
     * @param auditArch the ABI of the call, as PTRACE_GET_SYSCALL_INFO names it.
     * @param number of the call.
     */
    static boolean contains(final int auditArch, final long number) {
        return switch (auditArch) {
            case AUDIT_ARCH_X86_64 ->
                number == 1
                        || number == 18
                        || number == 20
                        || number == 74
                        || number == 75
                        || number == 296
                        || number == 328;
            case AUDIT_ARCH_AARCH64 ->
                number == 64
                        || number == 66
                        || number == 68
                        || number == 70
                        || number == 82
                        || number == 83
                        || number == 287;
            default ->
                throw new CommandFailure(
                        String.format(
                                "system calls of architecture %08x: must be x86_64 or aarch64; use a fault that holds no writes",
                                auditArch),
                        NodeCommand.EXIT_USAGE);
        };
    }
}
