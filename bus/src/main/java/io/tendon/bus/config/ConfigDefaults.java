package io.tendon.bus.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A properties file behind the options: a key is an option's long name without the dashes, so {@code --help} documents
 * every key. An unknown key stops the start. Read once, on the main thread.
 */
public final class ConfigDefaults implements IDefaultValueProvider {
    private final Properties values;

    private ConfigDefaults(final Properties values) {
        this.values = values;
    }

    /**
     * Reads the file and holds its keys against the options of a command line and its subcommands.
     *
     * @param commandLine whose options the keys must name.
     * @param file to read.
     * @return the defaults.
     * @throws ConfigException when it cannot be read or has an unknown key.
     */
    public static ConfigDefaults read(final CommandLine commandLine, final Path file) {
        final Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            values.load(reader);
        } catch (final IOException | IllegalArgumentException e) {
            throw new ConfigException(
                    "config", file, "must be a readable properties file (" + e.getMessage() + ")", "name another", e);
        }
        final Set<String> keys = new TreeSet<>();
        collectKeys(commandLine, keys);
        for (final String key : values.stringPropertyNames()) {
            if (!keys.contains(key)) {
                throw new ConfigException(
                        key,
                        values.getProperty(key),
                        "must be one of the keys that " + commandLine.getCommandName() + " knows",
                        "did you mean " + Nearest.to(key, keys) + "? See " + file);
            }
        }
        return new ConfigDefaults(values);
    }

    @Override
    public @Nullable String defaultValue(final ArgSpec argSpec) {
        return argSpec instanceof OptionSpec option ? values.getProperty(key(option)) : null;
    }

    private static void collectKeys(final CommandLine commandLine, final Set<String> keys) {
        for (final OptionSpec option : commandLine.getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                keys.add(key(option));
            }
        }
        for (final CommandLine subcommand : commandLine.getSubcommands().values()) {
            collectKeys(subcommand, keys);
        }
    }

    private static String key(final OptionSpec option) {
        final String longName = option.longestName();
        int start = 0;
        while (start < longName.length() && longName.charAt(start) == '-') {
            start++;
        }
        return longName.substring(start);
    }
}
