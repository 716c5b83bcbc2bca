package io.tendon.bus.connection;

import io.tendon.bus.clock.BusClock;
import io.tendon.bus.config.PropertiesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Properties;

/**
 * Which session this is: made by the driver, read by every node, so that nodes started by hand or by systemd agree.
 *
 * @param sessionName {@code yyyyMMdd-HHmmss-xxxx} in UTC, sorts by time.
 * @param anchorEpochNs ns since the epoch at the clock's anchor.
 * @param anchorSteadyNs {@link System#nanoTime} at the anchor; holds until the machine restarts.
 * @param driverPid process id of the driver.
 * @param driverStartedAtMs when that process began, ms since the epoch, to tell it from a later one with its pid.
 * @param isTethered whether the recorder may hold the writers: the design without isolation, for comparison alone.
 */
public record SessionAnchor(
        String sessionName,
        long anchorEpochNs,
        long anchorSteadyNs,
        long driverPid,
        long driverStartedAtMs,
        boolean isTethered) {

    private static final DateTimeFormatter NAME_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** A new session of this process, which is the driver. */
    public static SessionAnchor create() {
        return create(false);
    }

    /**
     * A new session of this process, which is the driver.
     *
     * @param isTethered whether without isolation.
     * @return the session.
     */
    public static SessionAnchor create(final boolean isTethered) {
        final BusClock clock = BusClock.anchoredNow();
        final String name = NAME_TIME.format(Instant.ofEpochMilli(clock.time()))
                + String.format("-%04x", new SecureRandom().nextInt(0x10000));
        final ProcessHandle self = ProcessHandle.current();
        return new SessionAnchor(
                name, clock.anchorEpochNs(), clock.anchorSteadyNs(), self.pid(), startedAtMs(self), isTethered);
    }

    /** The same session with this process as its driver, after the one that made it has died: name and clock stay. */
    public SessionAnchor continued() {
        final ProcessHandle self = ProcessHandle.current();
        return new SessionAnchor(sessionName, anchorEpochNs, anchorSteadyNs, self.pid(), startedAtMs(self), isTethered);
    }

    /** The session's clock. */
    public BusClock clock() {
        return new BusClock(anchorEpochNs, anchorSteadyNs);
    }

    /** Whether the driver that made the session is alive. */
    public boolean isDriverAlive() {
        return ProcessHandle.of(driverPid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> startedAtMs(handle) == driverStartedAtMs)
                .isPresent();
    }

    /** Writes it, all or nothing. */
    public void write(final Path file) {
        final Properties values = new Properties();
        values.setProperty("session", sessionName);
        values.setProperty("anchorEpochNs", Long.toString(anchorEpochNs));
        values.setProperty("anchorSteadyNs", Long.toString(anchorSteadyNs));
        values.setProperty("driverPid", Long.toString(driverPid));
        values.setProperty("driverStartedAtMs", Long.toString(driverStartedAtMs));
        values.setProperty("tethered", Boolean.toString(isTethered));
        PropertiesFile.write(values, file);
    }

    /** Reads it; empty when there is no session, or the driver that made it is dead. */
    public static Optional<SessionAnchor> readLive(final Path file) {
        return read(file).filter(SessionAnchor::isDriverAlive);
    }

    /** Reads it, whether its driver lives or not; empty when there is none. */
    public static Optional<SessionAnchor> read(final Path file) {
        try {
            final Properties values = PropertiesFile.read(file);
            return Optional.of(new SessionAnchor(
                    values.getProperty("session", ""),
                    Long.parseLong(values.getProperty("anchorEpochNs", "")),
                    Long.parseLong(values.getProperty("anchorSteadyNs", "")),
                    Long.parseLong(values.getProperty("driverPid", "")),
                    Long.parseLong(values.getProperty("driverStartedAtMs", "")),
                    Boolean.parseBoolean(values.getProperty("tethered"))));
        } catch (final IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long startedAtMs(final ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
    }
}
