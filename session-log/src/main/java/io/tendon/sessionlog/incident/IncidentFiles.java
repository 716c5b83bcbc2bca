package io.tendon.sessionlog.incident;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The incidents of one session, a properties file each, written all or nothing and flushed to the device. One that cannot
 * be read still stands for something that somebody wanted kept: nothing of the session may be deleted then. Any thread; one
 * writer an incident.
 *
 * @param directory of the files; it may not be there.
 */
public record IncidentFiles(Path directory) {
    private static final String SUFFIX = ".properties";

    /**
     * Writes an incident, or says anew how it stands.
     *
     * @param incident to write.
     * @throws IOException when the disk refuses.
     */
    public void write(final Incident incident) throws IOException {
        Files.createDirectories(directory);
        final Path unfinished = unfinished(incident);
        Files.writeString(unfinished, text(incident));
        finish(incident, unfinished);
    }

    /**
     * Writes an incident beside those that are there, under another name when its own is taken.
     *
     * @param incident to write.
     * @return the incident as it was written.
     * @throws IOException when the disk refuses.
     */
    public Incident add(final Incident incident) throws IOException {
        Files.createDirectories(directory);
        Incident named = incident;
        for (int number = 2; true; number++) {
            final Path unfinished = unfinished(named);
            try {
                // Of two who come at once only one makes this file; and who has made it looks for the other one's.
                Files.writeString(unfinished, text(named), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                if (!Files.exists(file(named))) {
                    finish(named, unfinished);
                    return named;
                }
                Files.delete(unfinished);
            } catch (final FileAlreadyExistsException e) {
                // Somebody is at it, or has died while he was.
            }
            named = incident.named(incident.id() + '-' + number);
        }
    }

    private static String text(final Incident incident) throws IOException {
        final Properties values = new Properties();
        values.setProperty("cause", incident.cause().name());
        values.setProperty("text", incident.text());
        values.setProperty("timeNs", Long.toString(incident.timeNs()));
        values.setProperty("lastNs", Long.toString(incident.lastNs()));
        values.setProperty("times", Long.toString(incident.times()));
        values.setProperty("fromNs", Long.toString(incident.fromNs()));
        values.setProperty("toNs", Long.toString(incident.toNs()));
        final StringWriter text = new StringWriter();
        values.store(text, null);
        return text.toString();
    }

    private void finish(final Incident incident, final Path unfinished) throws IOException {
        force(unfinished, StandardOpenOption.WRITE);
        Files.move(unfinished, file(incident), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(directory, StandardOpenOption.READ);
    }

    private Path file(final Incident incident) {
        return directory.resolve(incident.id() + SUFFIX);
    }

    private Path unfinished(final Incident incident) {
        return directory.resolve(incident.id() + ".new");
    }

    /**
     * Reads all incidents.
     *
     * @param faults is told, in one line each, of those that cannot be read.
     * @return in the order of their times.
     */
    public List<Incident> read(final Consumer<String> faults) {
        final List<Incident> incidents = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return incidents;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file :
                    files.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
                try {
                    incidents.add(read(file));
                } catch (final IOException | IllegalArgumentException e) {
                    faults.accept(file + ": cannot be read (" + e.getMessage()
                            + "); nothing of the session is deleted while it is there; delete it to give the range up");
                }
            }
        } catch (final IOException e) {
            faults.accept(directory + ": cannot be read (" + e + "); check its rights");
        }
        incidents.sort(Comparator.comparingLong(Incident::timeNs).thenComparing(Incident::id));
        return incidents;
    }

    private static Incident read(final Path file) throws IOException {
        final Properties values = new Properties();
        values.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
        final String name = String.valueOf(file.getFileName());
        return new Incident(
                name.substring(0, name.length() - SUFFIX.length()),
                IncidentCause.valueOf(required(values, "cause")),
                required(values, "text"),
                number(values, "timeNs"),
                number(values, "lastNs"),
                number(values, "times"),
                number(values, "fromNs"),
                number(values, "toNs"));
    }

    private static long number(final Properties values, final String key) {
        return Long.parseLong(required(values, key));
    }

    private static String required(final Properties values, final String key) {
        final String value = values.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }

    private static void force(final Path path, final StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
