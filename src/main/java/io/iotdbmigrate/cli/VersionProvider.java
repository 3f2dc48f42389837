package io.iotdbmigrate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this is built from; the build fills in {@code version.properties}. */
final class VersionProvider implements IVersionProvider {
    /** Read once: picocli asks again for each subcommand. */
    private static final List<String> LINES = lines();

    @Override
    public String[] getVersion() {
        return LINES.toArray(String[]::new);
    }

    private static List<String> lines() {
        Properties versions = new Properties();
        try (InputStream in = VersionProvider.class.getResourceAsStream("version.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(
                "iotdb-migrate " + versions.getProperty("version"),
                "Flink " + versions.getProperty("flink"),
                "Flink MySQL CDC connector " + versions.getProperty("mysql-cdc"),
                "IoTDB client " + versions.getProperty("iotdb"),
                "git commit " + versions.getProperty("commit"));
    }
}
