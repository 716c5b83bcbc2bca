package io.tendon.sessionlog.manifest;

import io.tendon.sessionlog.recording.Crc32cText;
import io.tendon.sessionlog.recording.DurableFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Writes and reads {@code manifest.properties}: lines of {@code key=value} (UTF-8, Java properties) and, as the last
 * line, the CRC32C of all bytes before it.
 *
 * <pre>
 *   manifest.version=1
 *   session.id=…            session.state=OPEN|CLOSED|INTERRUPTED
 *   session.startedNs=…     session.endedNs=…          (ns since the epoch)
 *   robot.name=…            robot.joint.0=…            robot.hardware=…
 *   origin.build=…          origin.java=…              origin.host=…      origin.kernel=…
 *   recorder.pid=…          recorder.startTimeMs=…     recorder.bootId=…  recorder.durability=…
 *   config.0=…
 *   recording.0.id=…        recording.0.streamId=…     …                  (one block a recording)
 *   unrecorded.0.streamId=… unrecorded.0.messages=…    …                  (one block a stream that lost its end)
 *   crc32c=1a2b3c4d
 * </pre>
 *
 * A reader never sees half of it: it is written to a file beside it, flushed, and renamed. Stateless; any thread, but
 * one writer at a time.
 */
public final class SessionManifestFile {
    private static final int VERSION = 1;
    private static final String CHECKSUM_KEY = "crc32c=";

    private SessionManifestFile() {}

    /**
     * Writes a manifest in the place of the one before. It is on the device when this returns; but of an open session, which
     * is written again and again and counted on from any of its checkpoints, after a power cut the one before may be there.
     *
     * @param file to write.
     * @param manifest to put there.
     * @throws IOException when the file system refuses.
     */
    public static void write(final Path file, final SessionManifest manifest) throws IOException {
        final byte[] text = format(manifest).getBytes(StandardCharsets.UTF_8);
        final byte[] sealed = (new String(text, StandardCharsets.UTF_8) + CHECKSUM_KEY + checksum(text) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        if (manifest.state() == SessionState.OPEN && Files.exists(file)) {
            DurableFiles.exchange(file, sealed);
        } else {
            DurableFiles.replace(file, sealed);
        }
    }

    /**
     * Reads a manifest.
     *
     * @param file to read.
     * @return what it holds.
     * @throws ManifestException when it is missing, its checksum is wrong, or it is of another version.
     */
    public static SessionManifest read(final Path file) throws ManifestException {
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (final NoSuchFileException e) {
            throw new ManifestException(ManifestException.Kind.MISSING, file + ": is missing");
        } catch (final IOException e) {
            throw damaged(file, "cannot be read: " + e);
        }
        final String text = new String(bytes, StandardCharsets.UTF_8);
        final int sealIndex = text.lastIndexOf(CHECKSUM_KEY);
        if (sealIndex < 0
                || !text.substring(sealIndex)
                        .equals(CHECKSUM_KEY
                                + checksum(text.substring(0, sealIndex).getBytes(StandardCharsets.UTF_8))
                                + "\n")) {
            throw damaged(file, "damaged: the last line must be the CRC32C of the lines before it");
        }
        final Properties properties = new Properties();
        try {
            properties.load(new StringReader(text.substring(0, sealIndex)));
            return parse(file, new Fields(properties));
        } catch (final IOException | IllegalArgumentException e) {
            throw damaged(file, "damaged: " + e.getMessage());
        }
    }

    private static ManifestException damaged(final Path file, final String text) {
        return new ManifestException(ManifestException.Kind.DAMAGED, file + ": " + text);
    }

    private static String format(final SessionManifest manifest) {
        final Lines lines = new Lines();
        final SessionOrigin origin = manifest.origin();
        lines.add("manifest.version", VERSION);
        lines.add("manifest.rebuilt", manifest.isRebuilt());
        lines.add("session.id", manifest.sessionId());
        lines.add("session.state", manifest.state());
        lines.add("session.startedNs", manifest.startedNs());
        lines.add("session.endedNs", manifest.endedNs());
        lines.add("robot.name", origin.robotName());
        lines.add("robot.hardware", origin.hardware());
        lines.addList("robot.joint", origin.jointNames());
        lines.add("origin.build", origin.build());
        lines.add("origin.java", origin.javaVersion());
        lines.add("origin.host", origin.host());
        lines.add("origin.kernel", origin.kernel());
        lines.add("recorder.pid", manifest.recorder().pid());
        lines.add("recorder.startTimeMs", manifest.recorder().startTimeMs());
        lines.add("recorder.bootId", manifest.recorder().bootId());
        lines.add("recorder.durability", manifest.recorder().durability());
        lines.addList("config", manifest.configFiles());
        for (int i = 0; i < manifest.recordings().size(); i++) {
            formatRecording(lines, "recording." + i + ".", manifest.recordings().get(i));
        }
        for (int i = 0; i < manifest.unrecorded().size(); i++) {
            final UnrecordedTail tail = manifest.unrecorded().get(i);
            lines.add("unrecorded." + i + ".streamId", tail.streamId());
            lines.add("unrecorded." + i + ".streamName", tail.streamName());
            lines.add("unrecorded." + i + ".messages", tail.messages());
            lines.add("unrecorded." + i + ".bytes", tail.bytes());
        }
        return lines.text();
    }

    private static void formatRecording(final Lines lines, final String prefix, final RecordingEntry entry) {
        lines.add(prefix + "id", entry.recordingId());
        lines.add(prefix + "streamId", entry.streamId());
        lines.add(prefix + "streamName", entry.streamName());
        lines.add(prefix + "sessionId", entry.sessionId());
        lines.add(prefix + "startPosition", entry.startPosition());
        lines.add(prefix + "stopPosition", entry.stopPosition());
        lines.add(prefix + "stopped", entry.isStopped());
        lines.add(prefix + "startTimeMs", entry.startTimeMs());
        lines.add(prefix + "stopTimeMs", entry.stopTimeMs());
        lines.add(prefix + "messages", entry.messages());
        lines.add(prefix + "missing", entry.missing());
        lines.add(prefix + "countedPosition", entry.countedPosition());
        lines.add(prefix + "nextSequence", entry.nextSequence());
    }

    private static SessionManifest parse(final Path file, final Fields fields) throws ManifestException {
        final long version = fields.number("manifest.version");
        if (version > VERSION) {
            throw new ManifestException(
                    ManifestException.Kind.YOUNGER,
                    file + ": manifest.version=" + version + ": this build reads version " + VERSION
                            + "; use the build that recorded the session");
        } else if (version < VERSION) {
            throw damaged(file, "manifest.version=" + version + ": must be from " + VERSION + " on");
        }
        final List<RecordingEntry> recordings = new ArrayList<>();
        for (int i = 0; fields.has("recording." + i + ".id"); i++) {
            recordings.add(parseRecording(fields, "recording." + i + "."));
        }
        final List<UnrecordedTail> unrecorded = new ArrayList<>();
        for (int i = 0; fields.has("unrecorded." + i + ".streamId"); i++) {
            unrecorded.add(new UnrecordedTail(
                    (int) fields.number("unrecorded." + i + ".streamId"),
                    fields.text("unrecorded." + i + ".streamName"),
                    fields.number("unrecorded." + i + ".messages"),
                    fields.number("unrecorded." + i + ".bytes")));
        }
        return new SessionManifest(
                fields.text("session.id"),
                SessionState.valueOf(fields.text("session.state")),
                fields.number("session.startedNs"),
                fields.number("session.endedNs"),
                new SessionOrigin(
                        fields.text("robot.name"),
                        fields.list("robot.joint"),
                        fields.text("robot.hardware"),
                        fields.text("origin.build"),
                        fields.text("origin.java"),
                        fields.text("origin.host"),
                        fields.text("origin.kernel")),
                new RecorderProcess(
                        fields.number("recorder.pid"),
                        fields.number("recorder.startTimeMs"),
                        fields.text("recorder.bootId"),
                        fields.has("recorder.durability") ? fields.text("recorder.durability") : ""),
                recordings,
                unrecorded,
                fields.list("config"),
                Boolean.parseBoolean(fields.text("manifest.rebuilt")));
    }

    private static RecordingEntry parseRecording(final Fields fields, final String prefix) {
        return new RecordingEntry(
                fields.number(prefix + "id"),
                (int) fields.number(prefix + "streamId"),
                fields.text(prefix + "streamName"),
                (int) fields.number(prefix + "sessionId"),
                fields.number(prefix + "startPosition"),
                fields.number(prefix + "stopPosition"),
                Boolean.parseBoolean(fields.text(prefix + "stopped")),
                fields.number(prefix + "startTimeMs"),
                fields.number(prefix + "stopTimeMs"),
                fields.number(prefix + "messages"),
                fields.number(prefix + "missing"),
                fields.number(prefix + "countedPosition"),
                fields.number(prefix + "nextSequence"));
    }

    private static String checksum(final byte[] bytes) {
        return String.format("%08x", Crc32cText.of(bytes, 0, bytes.length));
    }

    /** Text of a properties file in the order of the calls. */
    private static final class Lines {
        private final StringBuilder text = new StringBuilder();

        void add(final String key, final Object content) {
            text.append(key).append('=').append(escape(content.toString())).append('\n');
        }

        void addList(final String key, final List<String> contents) {
            for (int i = 0; i < contents.size(); i++) {
                add(key + "." + i, contents.get(i));
            }
        }

        String text() {
            return text.toString();
        }

        private static String escape(final String content) {
            final String escaped =
                    content.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
            return escaped.startsWith(" ") || escaped.startsWith("\t") ? "\\" + escaped : escaped;
        }
    }

    /** Typed access; a missing or malformed entry is an {@link IllegalArgumentException} that names it. */
    private record Fields(Properties properties) {
        boolean has(final String key) {
            return properties.containsKey(key);
        }

        String text(final String key) {
            final String content = properties.getProperty(key);
            if (content == null) {
                throw new IllegalArgumentException(key + " is missing");
            }
            return content;
        }

        long number(final String key) {
            try {
                return Long.parseLong(text(key));
            } catch (final NumberFormatException e) {
                throw new IllegalArgumentException(key + "=" + text(key) + ": must be a whole number", e);
            }
        }

        List<String> list(final String key) {
            final List<String> contents = new ArrayList<>();
            for (int i = 0; has(key + "." + i); i++) {
                contents.add(text(key + "." + i));
            }
            return contents;
        }
    }
}
