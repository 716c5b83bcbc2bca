package io.tendon.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tendon.bus.config.CommandFailure;
import io.tendon.bus.connection.RuntimeDirectory;
import io.tendon.bus.signal.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppableRunTest {
    @TempDir
    private Path directory;

    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeEach
    void keepRobotsHere() {
        System.setProperty(RuntimeDirectory.ROOT_PROPERTY, directory.toString());
    }

    @AfterEach
    void keepRobotsElsewhere() {
        System.clearProperty(RuntimeDirectory.ROOT_PROPERTY);
        // A stop interrupts whoever measures.
        Thread.interrupted();
    }

    @Test
    void shouldDeleteWhatItMadeAlsoWhenSomethingElseCannotBeCleanedUp() throws IOException {
        final RunPlace place = place();
        final StoppableRun run = new StoppableRun(place, said::add, () -> {
            throw new IllegalStateException("no cleaning");
        });

        assertThat(run.<Integer>run(new StopSignal(), progress -> make(place))).isEqualTo(7);
        assertThat(place.own()).isEmpty();
        assertThat(said)
                .singleElement()
                .asString()
                .contains("could not be cleaned up", "no cleaning", String.valueOf(place.disk()));
    }

    @Test
    void shouldDeleteWhatItMadeWhenItFails() throws IOException {
        final RunPlace place = place();
        final StoppableRun run = new StoppableRun(place, said::add, () -> {});

        assertThatThrownBy(() -> run.<Integer>run(new StopSignal(), progress -> {
                    make(place);
                    throw new CommandFailure("not so");
                }))
                .hasMessage("not so");
        assertThat(place.own()).isEmpty();
    }

    @Test
    void shouldHaveNoResultsWhenItIsStoppedWhileItCleansUp() throws IOException {
        final RunPlace place = place();
        final StopSignal stop = new StopSignal();
        final StoppableRun run = new StoppableRun(place, said::add, stop::stop);

        assertThatThrownBy(() -> run.<Integer>run(stop, progress -> make(place)))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("stopped before the end; no results");
        assertThat(place.own()).isEmpty();
    }

    private RunPlace place() {
        return new RunPlace("bench-7", directory.resolve("work"), directory.resolve("disk"));
    }

    private static int make(final RunPlace place) throws IOException {
        Files.createDirectory(place.memory());
        Files.writeString(Files.createDirectory(place.disk()).resolve("file"), "of a run");
        return 7;
    }
}
