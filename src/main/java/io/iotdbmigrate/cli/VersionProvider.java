package io.iotdbmigrate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this is built from; the build fills in {@code version.properties}. */
final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = VersionProvider.class.getResourceAsStream("version.properties")) {
            versions.load(in);
        }
        return new String[] {
            "iotdb-migrate " + versions.getProperty("version"),
            "Flink " + versions.getProperty("flink"),
            "Flink MySQL CDC connector " + versions.getProperty("mysql-cdc"),
            "IoTDB client " + versions.getProperty("iotdb"),
            "git commit " + versions.getProperty("commit")
        };
    }
}
