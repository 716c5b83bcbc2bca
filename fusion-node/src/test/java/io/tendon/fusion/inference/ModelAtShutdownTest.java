package io.tendon.fusion.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelAtShutdownTest {
    @TempDir
    private Path directory;

    @Test
    void shouldOutliveAModelThatFailsWhileTheNodeStopsAndLeaveNothingBehind() throws IOException, InterruptedException {
        final Path manifest = TestModels.write(
                directory,
                TestModels.table(1, 3),
                "fields=arrived-share",
                "arrived-share.unit=1",
                "arrived-share.shape=1");
        final List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Agrona reaches further than a JVM lets it by itself.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(line::add);
        line.addAll(List.of(
                "-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("tmp")),
                "-XX:ErrorFile=" + directory.resolve("crash.log"),
                "-cp",
                System.getProperty("java.class.path"),
                FailingAtTheEnd.class.getName(),
                manifest.toString(),
                directory.toString()));
        final Process process =
                new ProcessBuilder(line).redirectErrorStream(true).start();
        final List<String> said = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            String words = output.readLine();
            while (words != null) {
                said.add(words);
                if (words.equals("ready")) {
                    process.toHandle().destroy();
                }
                words = output.readLine();
            }
        }

        assertThat(process.waitFor()).as(String.join("\n", said)).isZero();
        assertThat(said).contains("ready");
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("m.onnx", "m.properties", "tmp");
    }
}
