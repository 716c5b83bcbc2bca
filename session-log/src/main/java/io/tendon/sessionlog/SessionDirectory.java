package io.tendon.sessionlog;

import io.tendon.schemas.MessageSchema;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the parts of a session stand.
 *
 * <pre>
 *   DATA/sessions/&lt;session id&gt;/
 *     manifest.properties      what the session is (SessionManifestFile)
 *     archive/                 Aeron archive: archive.catalog and the recordings' segments
 *     tendon-messages.sbeir    schema of the messages, as SBE's intermediate representation
 *     incidents/               ranges that are never deleted, and why
 *     index/                   what was made of the recording to answer questions; can be deleted
 *     config/                  copies of what the nodes were configured with
 *     repair/                  what a repair has found and replaced
 * </pre>
 *
 * @param data directory of all sessions.
 * @param sessionId name of the session.
 */
public record SessionDirectory(Path data, String sessionId) {
    static final String SESSIONS = "sessions";

    /** The session's own directory. */
    public Path root() {
        return data.resolve(SESSIONS).resolve(sessionId);
    }

    /** What the session is. */
    public Path manifest() {
        return root().resolve("manifest.properties");
    }

    /** Aeron archive with the recordings. */
    public Path archive() {
        return root().resolve("archive");
    }

    /** Schema of the messages. */
    public Path schema() {
        return root().resolve(MessageSchema.IR_RESOURCE);
    }

    /** Ranges that are never deleted, a file each. */
    public Path incidents() {
        return root().resolve("incidents");
    }

    /** What was made of the recording to answer questions. */
    public Path index() {
        return root().resolve("index");
    }

    /** What a repair has found, and the bytes that it has replaced. */
    public Path repair() {
        return root().resolve("repair");
    }

    /** Copies of the configuration. */
    public Path config() {
        return root().resolve("config");
    }

    /** Whether there is such a session. */
    public boolean exists() {
        return Files.isDirectory(root());
    }
}
