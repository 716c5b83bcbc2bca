package io.tendon.certify.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tendon.certify.certificate.Certificate;
import io.tendon.certify.certificate.Certificates;
import io.tendon.certify.certificate.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatePageTest {
    private static final Certificate GREEN = Certificates.green();

    @TempDir
    private Path directory;

    @Test
    void shouldBeOneFileWithEveryPlaceFilled() {
        final String page = CertificatePage.render(GREEN, Verdict.of(GREEN));

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("{{")
                .doesNotContain("src=")
                .doesNotContain("href=")
                .doesNotContain("NaN")
                .contains("This robot kept all ")
                .contains("A &lt;fast&gt; one")
                .contains("<svg")
                .contains("disk-stall")
                .contains("held 10")
                .contains("not done: disk-full: not here")
                .contains("powersave");
    }

    @Test
    void shouldSayInJsonWhatStandsInTheVerdict() throws IOException {
        final Path file = directory.resolve("certificate.json");
        CertificateJson.write(GREEN, Verdict.of(GREEN), file);

        final Set<String> names = new HashSet<>();
        int lines = 0;
        try (JsonParser json = new JsonFactory().createParser(Files.readString(file))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    names.add(json.currentName());
                    lines += "bar".equals(json.currentName()) ? 1 : 0;
                }
            }
        }
        assertThat(names).contains("verdict", "line", "bar", "value", "ok", "phases", "excessNs", "account");
        assertThat(lines).isEqualTo(Verdict.of(GREEN).lines().size());
    }

    @Test
    void shouldWriteTimesInTheUnitThatSuitsThem() {
        assertThat(Html.duration(0)).isEqualTo("0 ns");
        assertThat(Html.duration(1_500)).isEqualTo("1.5 µs");
        assertThat(Html.duration(47_000)).isEqualTo("47 µs");
        assertThat(Html.duration(47_000_000)).isEqualTo("47.0 ms");
        assertThat(Html.duration(1_500_000_000)).isEqualTo("1.50 s");
    }
}
