package io.iotdbmigrate.config;

import io.iotdbmigrate.config.yaml.ConfigException;
import io.iotdbmigrate.config.yaml.ConfigProblem;
import io.iotdbmigrate.config.yaml.Problems;
import io.iotdbmigrate.config.yaml.References;
import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlSyntax;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** A loader that reads the config file; the only entry into this package's reading side. */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * Reads, resolves and checks the whole file.
     *
     * @param environment for {@code ${env:NAME}}, usually {@link System#getenv()}
     * @throws ConfigException with everything that is wrong
     */
    public static MigrationConfig load(Path file, Map<String, String> environment) {
        return load(file, read(file), environment);
    }

    /**
     * Loads a config for tests: the text instead of the file.
     *
     * @param fileName for messages, the default name, and the folder of {@code ${file:PATH}}
     * @throws ConfigException with everything that is wrong
     */
    public static MigrationConfig load(
            String fileName, String yaml, Map<String, String> environment) {
        return load(Path.of(fileName), yaml, environment);
    }

    private static MigrationConfig load(Path file, String yaml, Map<String, String> environment) {
        Node node = YamlSyntax.compose(file.toString(), yaml);
        if (node == null) {
            throw wholeFile(file, "is empty; config/migration.example.yml shows what belongs in.");
        }
        Problems problems = new Problems();
        References references =
                new References(file.toAbsolutePath().getParent(), Map.copyOf(environment));
        YamlMap root = new YamlValue(node, "", references, problems).map(ConfigReader.KEYS);
        MigrationConfig config =
                root == null ? null : new ConfigReader(root, file.getFileName().toString()).read();
        if (config == null || !problems.inFileOrder().isEmpty()) {
            throw new ConfigException(file.toString(), problems.inFileOrder());
        }
        return config;
    }

    private static String read(Path file) {
        if (!Files.exists(file)) {
            throw wholeFile(file, "does not exist; give the path of your config file.");
        }
        if (Files.isDirectory(file)) {
            throw wholeFile(file, "is a folder; give the path of a YAML file.");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw wholeFile(file, "is not UTF-8 text; save it as UTF-8.");
        } catch (IOException e) {
            throw wholeFile(file, "cannot be read; check its permissions.");
        }
    }

    private static ConfigException wholeFile(Path file, String sentence) {
        return new ConfigException(file.toString(), List.of(new ConfigProblem("", 0, 0, sentence)));
    }
}
