package io.tendon.bus.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingPlaceTest {
    @TempDir
    private Path directory;

    @Test
    void shouldFindTheSessionThatIsRecordedAndNoOther() {
        final RecordingPlace place = new RecordingPlace("20260101-120000-1a2b", directory.resolve("my data"));
        final Path file = directory.resolve("recording.properties");

        place.write(file);

        assertThat(RecordingPlace.read(file, "20260101-120000-1a2b")).contains(place);
        assertThat(RecordingPlace.read(file, "20260101-120000-ffff")).isEmpty();
    }

    @Test
    void shouldFindNothingWhereNothingOrNonsenseIsWritten() throws IOException {
        final Path file = directory.resolve("recording.properties");
        assertThat(RecordingPlace.read(file, "x")).isEmpty();

        Files.writeString(file, "session=\\u12");
        assertThat(RecordingPlace.read(file, "x")).isEmpty();
    }
}
