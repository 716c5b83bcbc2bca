package io.tendon.persistence.session;

import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.manifest.SessionManifest;
import io.tendon.sessionlog.manifest.SessionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Whether a session may be recorded at this moment, as its files say: the recorder's process is seen on its own machine alone,
 * and not while it is started again. Any thread.
 */
public final class RecordingSigns {
    /** A recorder writes its manifest once a second; so much later it is gone for good, or its disk is. */
    public static final long YOUNG_S = 60;

    private RecordingSigns() {}

    /**
     * Whether somebody may record a session.
     *
     * @param directory of the session.
     * @param written its manifest as it was read from the file.
     * @return whether the manifest says that it is recorded, and its process lives or has written it less than {@value
     *     #YOUNG_S} s ago.
     */
    public static boolean mayBeRecorded(final SessionDirectory directory, final SessionManifest written) {
        return written.presentState() == SessionState.OPEN
                || (written.state() == SessionState.OPEN && isYoung(directory.manifest()));
    }

    /** Whether a file or directory was written less than {@value #YOUNG_S} s ago; one that is not there was not. */
    public static boolean isYoung(final Path file) {
        try {
            return System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis()
                    < TimeUnit.SECONDS.toMillis(YOUNG_S);
        } catch (final IOException e) {
            return false;
        }
    }
}
