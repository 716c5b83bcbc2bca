package io.tendon.sessionlog.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.aeron.ExclusivePublication;
import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.RecordedArchive;
import io.tendon.sessionlog.TestMessages;
import io.tendon.sessionlog.recording.ArchiveCatalog;
import io.tendon.sessionlog.recording.DamageListener;
import io.tendon.sessionlog.recording.RecordingReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageJsonTest {
    @TempDir
    private static Path shared = Path.of("unset");

    private static List<String> lines = List.of();

    @BeforeAll
    static void record() throws IOException {
        try (RecordedArchive archive = new RecordedArchive(shared)) {
            archive.record(1002, "control.event", 1);
            try (ExclusivePublication publication = archive.publication(1002)) {
                archive.publish(publication, TestMessages.event(0, 1_700_000_000_000_000_001L, "say \"hé\"\n"));
                archive.publish(publication, TestMessages.jointState(1));
                archive.publish(publication, TestMessages.sessionDescription(2, "six"));
                archive.publish(publication, new UnsafeBuffer(new byte[20]));
                archive.awaitRecorded(publication, 1);
            }
        }
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RecordingReader reader = new RecordingReader(
                        shared.resolve("archive"),
                        ArchiveCatalog.recordings(shared.resolve("archive")).get(0),
                        DamageListener.IGNORED);
                MessageJson json = new MessageJson(MessageIr.decode(MessageSchema.irBytes()), out)) {
            while (reader.next()) {
                json.write(reader.message());
            }
        }
        lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void shouldWriteOneWellFormedLineAMessage() throws IOException {
        assertThat(lines).hasSize(4);
        for (final String line : lines) {
            try (JsonParser parser = new JsonFactory().createParser(line)) {
                int tokens = 0;
                while (parser.nextToken() != null) {
                    tokens++;
                }
                assertThat(tokens).isPositive();
            }
        }
    }

    @Test
    void shouldSayWhereAMessageWasRecordedAndWhoSaidIt() {
        assertThat(lines.get(0))
                .startsWith("{\"stream\":\"control.event\",\"recording\":0,\"position\":0,\"sessionId\":")
                .contains("\"message\":\"Event\",\"stamp\":{\"sequence\":0,\"captureTimeNs\":1700000000000000001,"
                        + "\"source\":\"CONTROL\"}");
    }

    @Test
    void shouldWriteEnumsByNameAndTextEscaped() {
        assertThat(lines.get(0))
                .contains("\"code\":3,\"kind\":\"NODE_STARTED\",\"severity\":\"INFO\"")
                .endsWith("\"inputs\":[],\"text\":\"say \\\"hé\\\"\\n\"}");
    }

    @Test
    void shouldWriteWhatIsNoNumberAsNull() {
        assertThat(lines.get(0)).contains("\"amount\":null,");
        assertThat(lines.get(1)).contains("\"wristForceN\":{\"x\":0.25,\"y\":null,\"z\":null}");
    }

    @Test
    void shouldWriteGroupsAsArraysOfObjects() {
        assertThat(lines.get(1))
                .contains("\"inputs\":[{\"streamId\":1101,\"sessionId\":-7,\"fromPosition\":64,\"toPosition\":128}]")
                .contains("\"effort\":1.25,")
                .contains("\"temperatureCelsius\":31.5}]}");
        assertThat(lines.get(1).split("commandVelocity", -1)).hasSize(7);
    }

    @Test
    void shouldWriteDataInsideOfGroups() {
        assertThat(lines.get(2))
                .contains("\"kind\":\"REVOLUTE\",\"name\":\"shoulder\"}")
                .contains("\"robotName\":\"six\",\"sessionName\":\"test\",\"build\":\"0.1\",\"hardware\":\"sim\"}");
    }

    @Test
    void shouldPassOverTheContentOfWhatIsNoMessageOfTheSchema() {
        assertThat(lines.get(3)).endsWith("\"message\":null,\"lengthBytes\":20}");
    }
}
