package io.tendon.sessionlog.repair;

import io.tendon.sessionlog.SessionDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.SystemEpochClock;

/** Repairs a session, to be killed meanwhile. */
public final class RepairingProcess {
    private RepairingProcess() {}

    /** Data directory and session. */
    public static void main(final String[] args) throws IOException {
        System.out.println("begins");
        LogRepair.run(new SessionDirectory(Path.of(args[0]), args[1]), false, SystemEpochClock.INSTANCE);
        System.out.println("ends");
    }
}
