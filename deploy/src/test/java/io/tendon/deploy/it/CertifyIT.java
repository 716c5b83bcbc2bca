package io.tendon.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tendon.bus.connection.RuntimeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short certificate of the machine that the tests run on. What it measures of time is the machine's and not asserted
 * here, but for the exit code that has to follow from the lines; what it counts is.
 */
@Tag("minutes")
class CertifyIT {
    private static final String LOSSES = "messages refused to control";
    private static final List<Integer> GREEN_OR_RED = List.of(0, 1);
    private static final List<Integer> RED = List.of(1);

    @TempDir
    private Path directory;

    @Test
    void shouldCertifyTheRobotAndSayWhatItLeftOut() throws IOException, InterruptedException {
        final Json json = certify(GREEN_OR_RED);

        assertThat(json.text("verdict[0].line")).startsWith(LOSSES);
        assertThat(json.text("verdict[0].value")).isEqualTo("0 and 0");
        assertThat(json.number("phases[4].sent")).isPositive();
        assertThat(json.text("phases[5].name")).isEqualTo("disk-stall");
        assertThat(json.text("phases[5].account[0]")).matches("held [1-9].*");
        assertThat(json.values().toString()).contains("tethered", "cpu-hog: left out of a short run");
        assertThat(Files.readString(directory.resolve("certificate.html")))
                .contains("recorder-stop", "recorder-kill", "left out")
                .doesNotContain("{{");
    }

    @Test
    void shouldComeOutRedWithoutIsolation() throws IOException, InterruptedException {
        final Json json = certify(RED, "--tethered");

        assertThat(json.text("verdict[0].line")).startsWith(LOSSES);
        assertThat(json.text("verdict[0].value")).isNotEqualTo("0 and 0");
        assertThat(json.text("verdict[0].ok")).isEqualTo("false");
        assertThat(json.text("tethered")).isEqualTo("true");
    }

    @Test
    void shouldLeaveNothingBehindWhenItIsStopped() throws IOException, InterruptedException {
        final Path printed = directory.resolve("printed.txt");
        final Process process = new Installation(directory)
                .start(
                        printed,
                        "tendon-certify",
                        "--quick",
                        "--name",
                        "certify-stopped",
                        "--out",
                        directory.resolve("certificate.html").toString());
        try {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> Files.readString(printed).contains("warming up"));
            process.destroy();
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as(Files.readString(printed))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).as(Files.readString(printed)).isEqualTo(1);
        assertThat(Files.readString(printed)).contains("no verdict");
        assertThat(directory.resolve("certificate.html")).doesNotExist();
        assertThat(Path.of("/dev/shm/tendon-certify-" + process.pid())).doesNotExist();
        assertThat(RuntimeDirectory.of("certify-stopped-certify").directory()).doesNotExist();
        assertThat(ProcessHandle.allProcesses()
                        .filter(handle -> handle.info()
                                .arguments()
                                .map(List::of)
                                .orElse(List.of())
                                .toString()
                                .contains("tendon-certify-" + process.pid()))
                        .toList())
                .as("witnesses and rigs")
                .isEmpty();
    }

    private Json certify(final List<Integer> exitCodes, final String... more) throws IOException, InterruptedException {
        final Path json = directory.resolve("certificate.json");
        final Path printed = directory.resolve("printed.txt");
        final List<String> arguments = new ArrayList<>(List.of(
                "--quick",
                "--phase",
                "5s",
                "--name",
                "certify-it",
                "--out",
                directory.resolve("certificate.html").toString(),
                "--json",
                json.toString()));
        arguments.addAll(List.of(more));
        final Process process =
                new Installation(directory).start(printed, "tendon-certify", arguments.toArray(String[]::new));
        try {
            assertThat(process.waitFor(600, TimeUnit.SECONDS))
                    .as(Files.readString(printed))
                    .isTrue();
        } finally {
            process.destroy();
        }
        assertThat(exitCodes).as(Files.readString(printed)).contains(process.exitValue());
        final Json values = Json.parse(Files.readString(json));
        assertThat(values.text("ok")).isEqualTo(Boolean.toString(process.exitValue() == 0));
        return values;
    }
}
