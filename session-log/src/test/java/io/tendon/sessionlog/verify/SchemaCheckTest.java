package io.tendon.sessionlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tendon.schemas.MessageSchema;
import io.tendon.sessionlog.json.MessageIr;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Signal;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

class SchemaCheckTest {
    private static final Path FROZEN = Path.of("../schemas/src/test/resources/frozen/v0/tendon-messages.xml");

    private final Ir installed = MessageIr.decode(MessageSchema.irBytes());

    @Test
    void shouldFindNoDifferenceBetweenTheSame() {
        assertThat(SchemaCheck.difference(MessageIr.decode(MessageSchema.irBytes()), installed))
                .isEmpty();
    }

    @Test
    void shouldNotMindADescription() {
        assertThat(SchemaCheck.difference(
                        changed(token -> token(token, token.name(), token.offset(), "other words")), installed))
                .isEmpty();
    }

    @Test
    void shouldFindAFieldOfAnotherNameOrPlace() {
        assertThat(SchemaCheck.difference(
                        changed(token -> token.name().equals("cycle")
                                ? token(token, "cyclf", token.offset(), token.description())
                                : token),
                        installed))
                .contains("JointState", "cyclf");
        assertThat(SchemaCheck.difference(
                        changed(token -> token.name().equals("cycle") && token.signal() == Signal.BEGIN_FIELD
                                ? token(token, token.name(), token.offset() + 8, token.description())
                                : token),
                        installed))
                .contains("JointState", "cycle");
    }

    @Test
    void shouldFindAMessageThatIsMissing() {
        final Ir fewer = ir(installed.version());
        installed.messages().stream()
                .filter(tokens -> tokens.get(0).id() != 1)
                .forEach(tokens -> fewer.addMessage(tokens.get(0).id(), tokens));

        assertThat(SchemaCheck.difference(fewer, installed)).contains("JointState");
    }

    @Test
    void shouldTakeAnOlderVersionThatTheInstallationHasGrownFrom() throws Exception {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(FROZEN))) {
            final Ir frozen = new IrGenerator()
                    .generate(XmlSchemaParser.parse(in, ParserOptions.builder().build()));
            assertThat(frozen.version()).isLessThan(installed.version());
            assertThat(SchemaCheck.difference(frozen, installed)).isEmpty();
            assertThat(SchemaCheck.difference(installed, frozen)).isEmpty();
        }
    }

    private Ir changed(final UnaryOperator<Token> change) {
        final Ir changed = ir(installed.version());
        for (final List<Token> tokens : installed.messages()) {
            final List<Token> others =
                    new ArrayList<>(tokens.stream().map(change).toList());
            changed.addMessage(tokens.get(0).id(), others);
        }
        return changed;
    }

    private Ir ir(final int version) {
        return new Ir(
                installed.packageName(),
                installed.namespaceName(),
                installed.id(),
                version,
                installed.description(),
                installed.semanticVersion(),
                installed.byteOrder(),
                installed.headerStructure().tokens());
    }

    private static Token token(final Token token, final String name, final int offset, final String description) {
        return new Token(
                token.signal(),
                name,
                token.referencedName(),
                description,
                token.packageName(),
                token.id(),
                token.version(),
                token.deprecated(),
                token.encodedLength(),
                offset,
                token.componentTokenCount(),
                token.encoding());
    }
}
