package io.tendon.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every URDF that is refused, with the line and the words that a user needs. */
class RefusedUrdfTest {
    /** Line 1 robot, 2 to 6 links a to e, 7 to 10 joints j1 to j4 between them, 11 the end. */
    private static final List<String> GOOD = Stream.of(
                    Stream.of("<robot name='r'>"),
                    Stream.of("a", "b", "c", "d", "e").map(link -> "<link name='" + link + "'/>"),
                    Stream.of(
                            joint("j1", "a", "b"), joint("j2", "b", "c"), joint("j3", "c", "d"), joint("j4", "d", "e")),
                    Stream.of("</robot>"))
            .flatMap(lines -> lines)
            .toList();

    private static String joint(final String name, final String parent, final String child) {
        return "<joint name='" + name + "' type='revolute'><origin xyz='0 0 0.2'/><parent link='" + parent
                + "'/><child link='" + child
                + "'/><axis xyz='0 1 0'/><limit lower='-1' upper='1' effort='9' velocity='1'/></joint>";
    }

    static Stream<Arguments> refusedXml() {
        return Stream.of(
                refused("not XML", 1, "just words", "malformed XML"),
                refused("empty file", 1, "", "malformed XML"),
                refused("cut off", 3, "<robot>\n<link name='a'/>\n<link", "malformed XML"),
                refused("unclosed tag", 11, replace(8, "<joint name='j2' type='revolute'>"), "malformed XML"),
                refused(
                        "repeated attribute",
                        7,
                        change(7, "name='j1'", "name='j1' name='j1'"),
                        "malformed XML",
                        "name"),
                refused(
                        "entity of a document type",
                        2,
                        "<!DOCTYPE robot [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>\n" + "<robot name='&x;'/>",
                        "malformed XML"),
                refused("other root", 1, "<sdf version='1.6'><model/></sdf>", "<sdf>", "must be <robot>"),
                refused("xacro tag", 3, replace(3, "<xacro:macro name='m'/>"), "xacro:macro", "expand", "xacro first"),
                refused("xacro name", 3, change(3, "'b'", "'${prefix}b'"), "${prefix}b", "xacro first"),
                refused("xacro number", 9, change(9, "upper='1'", "upper='${pi / 2}'"), "upper", "xacro first"),
                refused("xacro vector", 9, change(9, "0 0 0.2", "0 0 ${h}"), "xyz", "xacro first"));
    }

    static Stream<Arguments> refusedCounts() {
        return Stream.of(
                refused("no joints", 1, "<robot name='r'><link name='a'/></robot>", "no joints", "at least 3"),
                refused("only fixed joints", 1, all("revolute", "fixed"), "0 moving joints", "3 to 16"),
                refused(
                        "two moving joints",
                        1,
                        change(9, "revolute", "fixed", 10),
                        "2 moving joints [j1, j2]",
                        "3 to 16"),
                refused("too many joints", 36, longChain(17), "17 moving joints", "\"q17\" is one too many"));
    }

    static Stream<Arguments> refusedTrees() {
        return Stream.of(
                refused("several roots", 6, drop(10), "several roots", "\"e\"", "\"a\" at line 2", "fixed joint"),
                refused(
                        "two parents",
                        11,
                        insert(11, joint("j5", "a", "d")),
                        "\"d\"",
                        "\"j5\"",
                        "\"j3\" at line 9",
                        "loop"),
                refused("all in a loop", 7, insert(11, joint("j5", "e", "a")), "no root", "loop", "remove a joint"),
                refused(
                        "loop beside the root",
                        12,
                        insert(11, "<link name='x'/>", joint("j5", "x", "x")),
                        "loop",
                        "\"j5\""),
                refused(
                        "unknown parent",
                        9,
                        change(9, "parent link='c'", "parent link='cc'"),
                        "parent",
                        "\"cc\"",
                        "unknown"),
                refused(
                        "unknown child",
                        10,
                        change(10, "child link='e'", "child link='f'"),
                        "child",
                        "\"f\"",
                        "unknown"),
                refused("no parent", 8, change(8, "<parent link='b'/>", ""), "no <parent>", "\"j2\""),
                refused("no child", 8, change(8, "<child link='c'/>", ""), "no <child>", "\"j2\""));
    }

    static Stream<Arguments> refusedJoints() {
        return Stream.of(
                refused("nameless link", 4, replace(4, "<link/>"), "<link>", "attribute name"),
                refused("nameless joint", 8, change(8, "name='j2'", ""), "<joint>", "attribute name"),
                refused("typeless joint", 8, change(8, "type='revolute'", ""), "j2", "attribute type"),
                refused("duplicate link", 5, change(5, "'d'", "'b'"), "duplicate link", "\"b\"", "line 3"),
                refused("duplicate joint", 9, change(9, "'j3'", "'j1'"), "duplicate joint", "\"j1\"", "line 7"),
                refused("planar joint", 8, change(8, "revolute", "planar"), "planar", "j2", "fixed"),
                refused("floating joint", 7, change(7, "revolute", "floating"), "floating", "j1", "fixed"),
                refused("unknown type", 7, change(7, "revolute", "ball"), "\"ball\"", "must be revolute"),
                refused("zero axis", 8, change(8, "'0 1 0'", "'0 0 0'"), "axis", "0 0 0", "direction"),
                refused("short axis", 8, change(8, "'0 1 0'", "'0 1'"), "axis", "three numbers", "has 2"));
    }

    static Stream<Arguments> refusedNumbers() {
        return Stream.of(
                refused(
                        "lower above upper",
                        10,
                        change(10, "lower='-1'", "lower='2'"),
                        "lower=2.0",
                        "upper=1.0",
                        "swap"),
                refused("no range", 10, change(10, "lower='-1' upper='1'", ""), "j4", "no range", "real limits"),
                refused(
                        "no limit",
                        9,
                        change(9, "<limit lower='-1' upper='1' effort='9' velocity='1'/>", ""),
                        "\"j3\"",
                        "no <limit>"),
                refused("infinite limit", 9, change(9, "upper='1'", "upper='inf'"), "upper=\"inf\"", "finite"),
                refused("huge number", 9, change(9, "upper='1'", "upper='1e999'"), "upper", "finite"),
                refused("absurd place", 9, change(9, "0 0 0.2", "0 0 1e308"), "xyz", "1e308", "within -1000"),
                refused("not a number", 9, change(9, "0 0 0.2", "0 nan 0.2"), "xyz", "nan", "finite"),
                refused("comma in a number", 9, change(9, "0 0 0.2", "0 0 0,2"), "xyz", "0,2", "finite"),
                refused(
                        "negative friction",
                        9,
                        change(9, "</joint>", "<dynamics friction='-1'/></joint>"),
                        "friction=\"-1\"",
                        "at least 0"),
                refused(
                        "endless slide",
                        9,
                        replace(
                                9,
                                joint("j3", "c", "d")
                                        .replace("revolute", "prismatic")
                                        .replace("upper='1'", "upper='1e6'")),
                        "sliding joint \"j3\"",
                        "within -100.0"),
                refused(
                        "negative mass",
                        4,
                        replace(4, "<link name='c'><inertial><mass value='-2'/></inertial></link>"),
                        "-2",
                        "at least 0"));
    }

    static Stream<Arguments> refusedArms() {
        return Stream.of(
                refused(
                        "mimic of nobody",
                        10,
                        change(10, "</joint>", "<mimic joint='ghost'/></joint>"),
                        "\"j4\"",
                        "\"ghost\"",
                        "unknown"),
                refused(
                        "mimic of itself",
                        10,
                        change(10, "</joint>", "<mimic joint='j4'/></joint>"),
                        "\"j4\"",
                        "must lead"),
                refused(
                        "mimic in the arm",
                        9,
                        change(9, "</joint>", "<mimic joint='j2'/></joint>"),
                        "\"j3\" of the arm mimics",
                        "\"j2\""),
                refused("two arms", 9, twoArms(), "two arms", "\"m1\"", "\"n1\"", "tip link"),
                refused("deep nesting", 1, "<robot>" + "<x>".repeat(400) + "</x>".repeat(400) + "</robot>", "nested"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"refusedXml", "refusedCounts", "refusedTrees", "refusedJoints", "refusedNumbers", "refusedArms"})
    void shouldNameTheLineAndTheReason(final String what, final int line, final String text, final List<String> words) {
        assertThatExceptionOfType(UrdfException.class)
                .as(what)
                .isThrownBy(() -> read(text))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("robot.urdf:" + line + ": ")
                        .contains(words)
                        .contains(";")
                        .doesNotContain("\n"))
                .satisfies(e -> assertThat(e.line()).isEqualTo(line));
    }

    @Test
    void shouldAcceptWhatTheRefusedOnesAreMadeFrom() {
        assertThat(read(String.join("\n", GOOD)).jointCount()).isEqualTo(4);
        assertThat(read(longChain(16)).jointCount()).isEqualTo(16);
    }

    @Test
    void shouldNameTheLineOfABadByte() {
        final byte[] text = insert(5, "<!-- Gr\u00f6\u00dfe -->").getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(UrdfException.class)
                .isThrownBy(() -> read(text))
                .withMessageStartingWith("robot.urdf:5: byte 0xF6 is not UTF-8");
    }

    @Test
    void shouldReadOtherEncodingsThatAreDeclared() {
        final String text = insert(5, "<!-- Gr\u00f6\u00dfe -->");
        final String declared = "<?xml version='1.0' encoding='ISO-8859-1'?>\n" + text;

        assertThat(read(declared.getBytes(StandardCharsets.ISO_8859_1)).jointCount())
                .isEqualTo(4);
        assertThat(read(text.getBytes(StandardCharsets.UTF_16)).jointCount()).isEqualTo(4);
        assertThat(read(text).jointCount()).isEqualTo(4);
    }

    @Test
    void shouldNameTheLineWhereATagBegins() {
        final String text = change(9, "<limit lower='-1'", "<limit\n   effort='9'\n   lower='7'")
                .replace("effort='9' velocity", "velocity");

        assertThatExceptionOfType(UrdfException.class)
                .isThrownBy(() -> read(text))
                .satisfies(e -> assertThat(e.line()).isEqualTo(9));
    }

    @Test
    void shouldReadNothingButTheFile(@TempDir final Path directory) throws Exception {
        final Path secret = Files.writeString(directory.resolve("secret.txt"), "secret words");
        final String text =
                "<!DOCTYPE robot [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>\n" + "<robot name='r'>&x;</robot>";

        assertThatExceptionOfType(UrdfException.class)
                .isThrownBy(() -> read(text))
                .withMessageNotContaining("secret words");
    }

    @Test
    void shouldSayThatAFileCannotBeRead(@TempDir final Path directory) {
        assertThatExceptionOfType(UrdfException.class)
                .isThrownBy(() -> UrdfReader.read(directory.resolve("absent.urdf")))
                .withMessageContaining("absent.urdf:1: cannot be read");
        assertThatExceptionOfType(UrdfException.class)
                .isThrownBy(() -> UrdfReader.read(directory))
                .withMessageContaining(":1: cannot be read");
    }

    private static RobotModel read(final String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RobotModel read(final byte[] text) {
        return UrdfReader.read("robot.urdf", new ByteArrayInputStream(text), UrdfOptions.DEFAULT);
    }

    private static Arguments refused(final String what, final int line, final String text, final String... words) {
        return Arguments.of(what, line, text, List.of(words));
    }

    private static String replace(final int line, final String with) {
        return edit(line, line, ignored -> Stream.of(with));
    }

    private static String insert(final int line, final String... texts) {
        return edit(line, line, old -> Stream.concat(Stream.of(texts), Stream.of(old)));
    }

    private static String drop(final int line) {
        return edit(line, line, ignored -> Stream.empty());
    }

    private static String change(final int line, final String from, final String to) {
        return change(line, from, to, line);
    }

    private static String change(final int firstLine, final String from, final String to, final int lastLine) {
        return edit(firstLine, lastLine, old -> {
            assertThat(old).contains(from);
            return Stream.of(old.replace(from, to));
        });
    }

    private static String all(final String from, final String to) {
        return String.join("\n", GOOD).replace(from, to);
    }

    private static String edit(final int firstLine, final int lastLine, final Function<String, Stream<String>> edit) {
        return IntStream.rangeClosed(1, GOOD.size())
                .boxed()
                .flatMap(
                        n -> n >= firstLine && n <= lastLine ? edit.apply(GOOD.get(n - 1)) : Stream.of(GOOD.get(n - 1)))
                .collect(Collectors.joining("\n"));
    }

    /** Link and joint k stand on lines 2k + 1 and 2k + 2. */
    private static String longChain(final int joints) {
        final StringBuilder text = new StringBuilder("<robot name='long'>\n<link name='l0'/>");
        for (int k = 1; k <= joints; k++) {
            text.append("\n<link name='l").append(k).append("'/>\n");
            text.append(joint("q" + k, "l" + (k - 1), "l" + k));
        }
        return text.append("\n</robot>").toString();
    }

    private static String twoArms() {
        final StringBuilder text = new StringBuilder("<robot name='two'>\n<link name='torso'/>");
        for (final String arm : List.of("m", "n")) {
            for (int k = 1; k <= 6; k++) {
                text.append("\n<link name='").append(arm).append(k).append("l'/>");
                text.append(joint(arm + k, k == 1 ? "torso" : arm + (k - 1) + "l", arm + k + "l"));
            }
        }
        return text.append("\n</robot>").toString();
    }
}
