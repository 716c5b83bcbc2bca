package io.tendon.sessionlog.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.aeron.ExclusivePublication;
import io.tendon.bus.catalog.StreamCatalog;
import io.tendon.bus.config.CommandFailure;
import io.tendon.sessionlog.SessionDirectory;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.PurgeLedger;
import io.tendon.sessionlog.recording.PurgedSegment;
import io.tendon.sessionlog.recording.RepairLedger;
import io.tendon.sessionlog.recording.RepairedRange;
import io.tendon.sessionlog.verify.RecordedSession;
import io.tendon.sessionlog.verify.VerifyMessages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repair makes of one damage or two, chosen to be hard. {@link LogMutationTest} takes any. */
class LogRepairTest {
    private static final int MESSAGES = 600;
    private static final int REFUSED_FIRST = 40;
    private static final int REFUSED_LAST = 42;
    private static final int SEGMENT_BYTES = 64 * 1024;
    private static final int TERM_ID_OFFSET = 20;
    private static final int STREAM_ID_OFFSET = 16;

    @TempDir
    private static Path shared = Path.of("unset");

    private static SessionDirectory whole = new SessionDirectory(Path.of("unset"), "unset");

    @TempDir
    private Path own = Path.of("unset");

    private SessionDirectory session = whole;

    /** Recording 0 of states, of which three were refused; 1 of events, one of which says so. */
    @BeforeAll
    static void record() throws IOException {
        try (RecordedSession recorded = new RecordedSession(shared)) {
            recorded.record(StreamCatalog.CONTROL_STATE, StreamCatalog.CONTROL_EVENT);
            try (ExclusivePublication states = recorded.writer(StreamCatalog.CONTROL_STATE);
                    ExclusivePublication events = recorded.writer(StreamCatalog.CONTROL_EVENT)) {
                for (int i = 0; i < MESSAGES; i++) {
                    if (i < REFUSED_FIRST || i > REFUSED_LAST) {
                        recorded.publish(states, TestMessages.jointState(i));
                    }
                    recorded.publish(
                            events,
                            i == REFUSED_LAST
                                    ? VerifyMessages.refusal(
                                            i,
                                            StreamCatalog.CONTROL_STATE.streamId(),
                                            states.sessionId(),
                                            REFUSED_FIRST,
                                            REFUSED_LAST)
                                    : TestMessages.event(i));
                }
                recorded.awaitRecorded(states);
                recorded.awaitRecorded(events);
            }
            whole = recorded.stop();
        }
    }

    @BeforeEach
    void copy() throws IOException {
        session = LogMutationTest.copy(whole, own.resolve("data"));
    }

    @Test
    void shouldNotBelieveTheFirstFrameAloneWhenTheCatalogIsGone() throws IOException {
        for (final boolean hasManifest : new boolean[] {true, false}) {
            for (final int offset : new int[] {STREAM_ID_OFFSET, TERM_ID_OFFSET, 2, 8}) {
                copy();
                final Map<String, ByteBuffer> before = readable();
                Files.delete(session.archive().resolve(ArchiveCatalog.FILE_NAME));
                if (!hasManifest) {
                    Files.delete(session.manifest());
                }
                flip("0-0.rec", offset, 1);

                final LogRepairReport report = repair();

                assertThat(report.verified().isOk()).as(report.toString()).isTrue();
                assertThat(readable()).isEqualTo(before);
                assertThat(report.lostMessages()).isZero();
                assertThat(report.ranges()).hasSize(1);
            }
        }
    }

    @Test
    void shouldRefuseWhenFramesAreOfAnotherStreamThanTheManifestSays() throws IOException {
        Files.delete(session.archive().resolve(ArchiveCatalog.FILE_NAME));
        manifest(text -> text.replace("recording.0.streamId=1001", "recording.0.streamId=1003"));

        assertRefused("recording 0", "stream 1001", "stream 1003", "Nothing was changed");
    }

    @Test
    void shouldRefuseASessionOfAYoungerBuild() throws IOException {
        manifest(text -> text.replace("manifest.version=1", "manifest.version=2"));
        flip("0-0.rec", 100, 1);

        assertRefused("manifest.version=2", "this build reads version 1");
    }

    @Test
    void shouldLeaveACatalogThatAnArchiveOfAnotherMinorVersionHasWritten() throws IOException {
        flip(ArchiveCatalog.FILE_NAME, 0, 1);

        assertThat(repair().isAnythingDone()).isFalse();
    }

    @Test
    void shouldNotTakeTheLengthOfAFileThatIsCutOffForThatOfAllNorShortenAny() throws IOException {
        final Map<String, ByteBuffer> before = readable();
        longSegments();

        final LogRepairReport report = repair();

        assertThat(report.verified().isOk()).as(report.toString()).isTrue();
        assertThat(Files.size(session.archive().resolve("0-0.rec"))).isEqualTo(2 * SEGMENT_BYTES);
        assertThat(Files.size(session.archive().resolve("0-131072.rec"))).isEqualTo(2 * SEGMENT_BYTES);
        final Map<String, ByteBuffer> after = readable();
        before.forEach((key, message) -> {
            if (Long.parseLong(key.substring(2)) < 3 * SEGMENT_BYTES && key.startsWith("0@")) {
                assertThat(after).containsEntry(key, message);
            }
        });
    }

    @Test
    void shouldLeaveWhatStandsBehindASegment() throws IOException {
        final Path segment = session.archive().resolve("0-0.rec");
        Files.write(segment, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        flip("0-0.rec", 100, 1);

        assertThat(repair().verified().isOk()).isTrue();

        assertThat(Files.readAllBytes(segment)).hasSize(SEGMENT_BYTES + 3).endsWith(1, 2, 3);
    }

    @Test
    void shouldNotHideGoodFramesByALengthOfPaddingThatIsDamaged() throws IOException {
        final PristineLog.Frame frame = frames(0).get(20);
        flip("0-0.rec", frame.offset() + 60, 1);
        repair();
        final Map<String, ByteBuffer> left = readable();
        flip("0-0.rec", frame.offset() + 1, 0x20);

        assertThat(readable()).isEqualTo(left);
        assertThat(repair().verified().isOk()).isTrue();
        assertThat(readable()).isEqualTo(left);
    }

    @Test
    void shouldLeaveSegmentsThatWereDeletedToMakeRoomBehindADamage() throws IOException {
        for (final long base : new long[] {SEGMENT_BYTES, 2 * SEGMENT_BYTES}) {
            final List<PristineLog.Frame> deleted = frames(0).stream()
                    .filter(frame -> frame.position() >= base && frame.position() < base + SEGMENT_BYTES)
                    .toList();
            final long first = deleted.get(0).sequence();
            final long last = deleted.get(deleted.size() - 1).sequence();
            new PurgeLedger(session.archive())
                    .add(new PurgedSegment(
                            0,
                            base,
                            base + SEGMENT_BYTES,
                            deleted.size(),
                            first,
                            last,
                            TestMessages.START_NS + first * TestMessages.PERIOD_NS,
                            TestMessages.START_NS + last * TestMessages.PERIOD_NS));
            Files.delete(session.archive().resolve("0-" + base + ".rec"));
        }
        final List<PristineLog.Frame> before = frames(0).stream()
                .filter(frame -> frame.position() < SEGMENT_BYTES)
                .toList();
        final PristineLog.Frame lost = before.get(before.size() - 2);
        put("0-0.rec", lost.offset(), new byte[SEGMENT_BYTES - lost.offset()]);

        final LogRepairReport report = repair();

        assertThat(report.verified().isOk()).as(report.toString()).isTrue();
        assertThat(report.lostMessages()).isEqualTo(2);
        assertThat(report.ranges()).singleElement().satisfies(range -> {
            assertThat(range.fromPosition()).isEqualTo(lost.position());
            assertThat(range.toPosition()).isEqualTo(SEGMENT_BYTES);
        });
        assertThat(session.archive().resolve("0-65536.rec")).doesNotExist();
    }

    @Test
    void shouldNotNameAsLostWhatWasRefused() throws IOException {
        final PristineLog.Frame first = frame(0, REFUSED_FIRST - 2);
        final PristineLog.Frame behind = frame(0, REFUSED_LAST + 4);
        put("0-0.rec", first.offset(), new byte[behind.offset() - first.offset()]);

        final LogRepairReport report = repair();

        assertThat(report.verified().isOk()).as(report.toString()).isTrue();
        assertThat(report.lostMessages()).isEqualTo(5);
        assertThat(report.ranges())
                .extracting(RepairedRange::firstSequence, RepairedRange::lastSequence)
                .containsExactly(
                        tuple(REFUSED_FIRST - 2L, REFUSED_FIRST - 1L), tuple(REFUSED_LAST + 1L, REFUSED_LAST + 3L));
    }

    @Test
    void shouldNotNameALossThatWasThereBefore() throws IOException {
        understate();
        truncateEmptyEnd();

        final LogRepairReport report = repair();

        assertThat(report.actions()).singleElement().asString().contains("given its length again");
        assertThat(report.ranges()).isEmpty();
        assertThat(report.verified().isOk()).isFalse();
    }

    @Test
    void shouldNameALossOfWhichTheStatementIsLost() throws IOException {
        flip("1-0.rec", frame(1, REFUSED_LAST).offset() + 50, 1);

        final LogRepairReport report = repair();

        assertThat(report.verified().isOk()).as(report.toString()).isTrue();
        assertThat(report.ranges())
                .extracting(RepairedRange::kind)
                .containsExactly(RepairedRange.Kind.LOST, RepairedRange.Kind.MISSING);
    }

    @Test
    void shouldRestoreEachFrameOfWhichTheHeaderAloneIsDamaged() throws IOException {
        final Map<String, ByteBuffer> before = readable();
        final List<PristineLog.Frame> frames = frames(0);
        // Lengths of two in a row; and behind a message that is lost a header.
        flip("0-0.rec", frames.get(20).offset() + 1, 0x10);
        flip("0-0.rec", frames.get(21).offset() + 1, 0x10);
        flip("0-0.rec", frames.get(30).offset() + 60, 1);
        flip("0-0.rec", frames.get(31).offset() + 8, 1);
        final byte[] damaged = Files.readAllBytes(session.archive().resolve("0-0.rec"));

        final LogRepairReport report = repair();

        assertThat(report.verified().isOk()).as(report.toString()).isTrue();
        before.remove("0@" + frames.get(30).position());
        assertThat(readable()).isEqualTo(before);
        assertThat(report.lostMessages()).isOne();
        for (final int restored : new int[] {20, 21, 31}) {
            final PristineLog.Frame frame = frames.get(restored);
            assertThat(session.repair().resolve("0-" + frame.position() + "-" + (frame.position() + 32) + ".bytes"))
                    .hasBinaryContent(Arrays.copyOfRange(damaged, frame.offset(), frame.offset() + 32));
        }
    }

    @Test
    void shouldNotRestoreAMessageOfAnotherPlace() throws IOException {
        final List<PristineLog.Frame> frames = frames(0);
        put("0-0.rec", frames.get(20).offset(), frames.get(60).bytes());

        final LogRepairReport report = repair();

        assertThat(report.ranges()).extracting(RepairedRange::kind).containsExactly(RepairedRange.Kind.LOST);
        assertThat(report.verified().isOk()).isTrue();
    }

    @Test
    void shouldKeepTheManifestThatItCountsAgain() throws IOException {
        final byte[] before = Files.readAllBytes(session.manifest());
        flip("0-0.rec", frames(0).get(20).offset() + 60, 1);

        assertThat(repair().actions()).singleElement().asString().contains("counted again");

        assertThat(session.repair().resolve("manifest.properties.damaged")).hasBinaryContent(before);
    }

    @Test
    void shouldSayADamageOnceInADryRunThatFindsAPlan() throws IOException {
        final LogRepairReport planned = planned();
        flip("0-0.rec", frames(0).get(20).offset() + 60, 1);

        final LogRepairReport report = LogRepair.run(session, true, SystemEpochClock.INSTANCE);

        assertThat(report.ranges())
                .singleElement()
                .satisfies(range -> assertThat(range.fromPosition())
                        .isEqualTo(planned.ranges().get(0).fromPosition()));
    }

    @Test
    void shouldLeaveASegmentThatWasPutBackSinceTheRepairWasKilled() throws IOException {
        final Map<String, ByteBuffer> before = readable();
        planned();

        final LogRepairReport report = repair();

        assertThat(report.ranges()).isEmpty();
        assertThat(readable()).isEqualTo(before);
        assertThat(session.repair().resolve("repairs.plan")).doesNotExist();
        assertThat(session.repair().resolve("repairs.log")).doesNotExist();
    }

    @Test
    void shouldPassOverAPlanForARecordingThatThereIsNot() throws IOException {
        final RepairedRange range = new RepairedRange(
                RepairedRange.Kind.LOST, 77, 1001, 0, 64, -1, -1, 0, 0, 0, RepairedRange.NO_DETAIL, "any");
        RepairLedger.planOf(session.repair()).add(List.of(range));

        assertThat(repair().ranges()).isEmpty();

        assertThat(RepairLedger.of(session.repair()).ranges()).isEmpty();
        assertThat(session.repair().resolve("repairs.plan")).doesNotExist();
    }

    @Test
    void shouldKeepWhatAYoungerBuildHasNamed() throws IOException {
        final RepairLedger ledger = RepairLedger.of(session.repair());
        ledger.add(List.of(new RepairedRange(
                RepairedRange.Kind.MISSING, 0, 1001, 0, 64, 3, 4, 0, 0, 0, RepairedRange.NO_DETAIL, "any")));
        final String sealed = Files.readString(ledger.file());
        final String younger =
                younger(sealed.substring(0, sealed.lastIndexOf(' ')).replace("missing", "moved"));
        Files.writeString(ledger.file(), younger, StandardOpenOption.APPEND);
        flip("0-0.rec", frames(0).get(20).offset() + 60, 1);

        assertThat(repair().verified().isOk()).isTrue();

        assertThat(ledger.ranges()).hasSize(2);
        assertThat(Files.readString(ledger.file())).contains(younger);
    }

    private static String younger(final String line) {
        final CRC32C crc = new CRC32C();
        crc.update(line.getBytes(StandardCharsets.ISO_8859_1));
        return line + " " + Long.toHexString(crc.getValue()) + "\n";
    }

    /** A plan to pad a message, before its first byte is changed, of a session that is whole. */
    private LogRepairReport planned() throws IOException {
        flip("0-0.rec", frames(0).get(20).offset() + 60, 1);
        final LogRepairReport report = repair();
        final Path plan = Files.move(
                session.repair().resolve("repairs.log"),
                own.resolve("repairs.plan"),
                StandardCopyOption.REPLACE_EXISTING);
        copy();
        Files.createDirectories(session.repair());
        Files.copy(plan, session.repair().resolve("repairs.plan"));
        return report;
    }

    /** Of the three messages that were refused one is not said to be. */
    private void understate() throws IOException {
        final PristineLog.Frame refusal = frame(1, REFUSED_LAST);
        final byte[] bytes = refusal.bytes().clone();
        final ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 40; i < bytes.length - 8; i++) {
            if (message.getLong(i) == REFUSED_LAST && message.getLong(i - 8) == REFUSED_FIRST) {
                message.putLong(i, REFUSED_LAST - 1);
            }
        }
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 32, bytes.length - 32);
        message.putInt(12, (int) crc.getValue());
        assertThat(bytes).isNotEqualTo(refusal.bytes());
        put("1-0.rec", refusal.offset(), bytes);
    }

    private void truncateEmptyEnd() throws IOException {
        final List<PristineLog.Frame> frames = frames(0);
        final String last = frames.get(frames.size() - 1).file();
        new Mutation(Mutation.Kind.CUT, session.archive().resolve(last), SEGMENT_BYTES - 4096, 0).apply();
    }

    private void put(final String file, final long offset, final byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(session.archive().resolve(file), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    private LogRepairReport repair() throws IOException {
        return LogRepair.run(session, false, SystemEpochClock.INSTANCE);
    }

    private void assertRefused(final String... words) throws IOException {
        final Map<String, ByteBuffer> before = bytes();
        for (final boolean isDryRun : new boolean[] {true, false}) {
            assertThatThrownBy(() -> LogRepair.run(session, isDryRun, SystemEpochClock.INSTANCE))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContainingAll(words);
            assertThat(bytes()).isEqualTo(before);
        }
    }

    /** Half as many segments of twice the length, the second of which ends in its middle; and nothing else. */
    private void longSegments() throws IOException {
        final ByteArrayOutputStream first = new ByteArrayOutputStream();
        first.write(Files.readAllBytes(session.archive().resolve("0-0.rec")));
        first.write(Files.readAllBytes(session.archive().resolve("0-65536.rec")));
        final byte[] second = Files.readAllBytes(session.archive().resolve("0-131072.rec"));
        for (final Path file : files(session.archive())) {
            Files.delete(file);
        }
        Files.delete(session.manifest());
        Files.write(session.archive().resolve("0-0.rec"), first.toByteArray());
        Files.write(session.archive().resolve("0-131072.rec"), second);
    }

    private Map<String, ByteBuffer> readable() {
        return PristineLog.readable(session, new ArrayList<>());
    }

    private Map<String, ByteBuffer> bytes() throws IOException {
        final Map<String, ByteBuffer> bytes = new TreeMap<>();
        for (final Path file : files(session.root())) {
            bytes.put(file.toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        return bytes;
    }

    private static List<Path> files(final Path dir) throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Frames of a recording as they were, by position. */
    private static List<PristineLog.Frame> frames(final long recordingId) throws IOException {
        return PristineLog.of(whole).messages().values().stream()
                .filter(frame -> frame.recordingId() == recordingId)
                .sorted(Comparator.comparingLong(PristineLog.Frame::position))
                .toList();
    }

    private static PristineLog.Frame frame(final long recordingId, final long sequence) throws IOException {
        return frames(recordingId).stream()
                .filter(frame -> frame.sequence() == sequence)
                .findFirst()
                .orElseThrow();
    }

    private void flip(final String file, final long offset, final int mask) throws IOException {
        new Mutation(Mutation.Kind.FLIP, session.archive().resolve(file), offset, mask).apply();
    }

    /** Another manifest, with the checksum that fits it. */
    private void manifest(final UnaryOperator<String> change) throws IOException {
        final String text = change.apply(Files.readString(session.manifest()).replaceAll("crc32c=.*\n", ""));
        final CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        Files.writeString(session.manifest(), text + "crc32c=" + String.format("%08x", crc.getValue()) + "\n");
    }
}
