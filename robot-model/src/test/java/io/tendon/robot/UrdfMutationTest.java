package io.tendon.robot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files give a robot that can be used, or a refusal with a line; never anything else. */
class UrdfMutationTest {
    private static final int MUTANTS = 60;
    private static final Pattern VALUE = Pattern.compile("\"[^\"\n]*\"");
    private static final List<String> ODD_VALUES = List.of(
            "",
            " ",
            "-1",
            "0",
            "1e308",
            "-1e308",
            "1e-308",
            "nan",
            "0 0 0",
            "1 2 3 4",
            "${x}",
            "fixed",
            "continuous",
            "prismatic",
            "tool0",
            "world",
            "\u00e4");

    static List<Path> robots() {
        return Corpus.files();
    }

    @ParameterizedTest
    @MethodSource("robots")
    void shouldGiveARobotOrARefusalWithALine(final Path file) throws IOException {
        final long seed = Long.getLong("tendon.seed", 31L);
        final SplittableRandom random = new SplittableRandom(seed);
        final String original = Files.readString(file);
        int accepted = 0;
        int refused = 0;
        for (int mutant = 0; mutant < MUTANTS; mutant++) {
            String text = original;
            final int edits = 1 + random.nextInt(3);
            for (int edit = 0; edit < edits; edit++) {
                text = mutate(text, random);
            }
            try {
                checkUsable(UrdfReader.read(
                        "mutant.urdf",
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                        UrdfOptions.DEFAULT));
                accepted++;
            } catch (final UrdfException e) {
                assertThat(e.line()).isBetween(1, (int) text.lines().count() + 1);
                assertThat(e.getMessage()).startsWith("mutant.urdf:" + e.line() + ": ");
                refused++;
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " mutant " + mutant + " of " + file + ":\n" + text, e);
            }
        }
        assertThat(accepted + refused).isEqualTo(MUTANTS);
    }

    private static void checkUsable(final RobotModel robot) {
        final double[] home = robot.homePositions();
        final ForwardKinematics kinematics = new ForwardKinematics(robot.chain());
        kinematics.update(home);
        assertThat(robot.jointCount()).isBetween(RobotModel.MIN_JOINTS, RobotModel.MAX_JOINTS);
        for (final double coordinate : kinematics.tip().positionM()) {
            assertThat(coordinate).isFinite();
        }
        for (int i = 0; i < home.length; i++) {
            assertThat(home[i]).isFinite();
            assertThat(robot.joint(i).limits().clamp(home[i])).isEqualTo(home[i]);
        }
        assertThat(robot.gripper().maxWidthM()).isPositive();
    }

    private static String mutate(final String text, final SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> editLine(text, random, 0);
            case 1 -> editLine(text, random, 2);
            case 2 -> swapValues(text, random);
            case 3 -> swapValues(text, random);
            case 4 -> setValue(text, random);
            default -> cutOut(text, random);
        };
    }

    private static String editLine(final String text, final SplittableRandom random, final int copies) {
        final List<String> lines = new ArrayList<>(text.lines().toList());
        final int chosen = random.nextInt(lines.size());
        final String line = lines.remove(chosen);
        for (int copy = 0; copy < copies; copy++) {
            lines.add(chosen, line);
        }
        return String.join("\n", lines) + "\n";
    }

    private static String swapValues(final String text, final SplittableRandom random) {
        final List<MatchResult> values = values(text);
        if (values.size() < 2) {
            return text;
        }
        final int a = random.nextInt(values.size() - 1);
        final int b = a + 1 + random.nextInt(values.size() - a - 1);
        final MatchResult first = values.get(a);
        final MatchResult second = values.get(b);
        return text.substring(0, first.start())
                + second.group()
                + text.substring(first.end(), second.start())
                + first.group()
                + text.substring(second.end());
    }

    private static String setValue(final String text, final SplittableRandom random) {
        final List<MatchResult> values = values(text);
        if (values.isEmpty()) {
            return text;
        }
        final MatchResult value = values.get(random.nextInt(values.size()));
        final String odd = ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
        return text.substring(0, value.start()) + '"' + odd + '"' + text.substring(value.end());
    }

    private static String cutOut(final String text, final SplittableRandom random) {
        final int from = random.nextInt(text.length());
        final int to = Math.min(text.length(), from + 1 + random.nextInt(40));
        return text.substring(0, from) + text.substring(to);
    }

    private static List<MatchResult> values(final String text) {
        final Matcher matcher = VALUE.matcher(text);
        return matcher.results().toList();
    }
}
