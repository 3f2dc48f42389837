package io.iotdbmigrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that makes the archive, with a Java that is played. */
class ClassArchiveTest {
    /** No process has it. */
    private static final String ENDED = "99999999";

    @TempDir Path folder;
    private Path cache;
    private Path java;

    @BeforeEach
    void play() throws Exception {
        cache = Files.createDirectory(folder.resolve("cache"));
        java =
                Files.writeString(
                        folder.resolve("java"),
                        """
                        #!/bin/sh
                        for each; do
                            case $each in -XX:SharedArchiveFile=*) echo made >"${each#*=}" ;; esac
                        done
                        """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private void make() throws Exception {
        Path archive = cache.resolve("1.0-java-17+home");
        Files.writeString(
                Path.of(archive + "." + ENDED + ".list"), "org/apache/minicluster/MiniCluster");
        Process made =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                ClassArchive.MAKE,
                                "archive of classes",
                                ENDED,
                                archive.toString(),
                                java.toString(),
                                "a.jar")
                        .inheritIO()
                        .start();
        assertThat(made.waitFor()).isZero();
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theNameEndsInTheSize() throws Exception {
        make();

        assertThat(files()).containsExactly("1.0-java-17+home-5.jsa");
    }

    @Test
    void itIsLeftToOneThatIsMakingIt() throws Exception {
        Files.createFile(cache.resolve("1.0-java-17+home.1.new"));

        make();

        assertThat(files()).containsExactly("1.0-java-17+home.1.new");
    }

    @Test
    void oneThatWasCutOffKeepsNobodyFromItForLong() throws Exception {
        Path left = Files.createFile(cache.resolve("1.0-java-17+home.1.new"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofMinutes(7))));

        make();

        assertThat(files()).containsExactly("1.0-java-17+home-5.jsa");
    }

    /** The list of what a run has loaded is in the way of nobody, if that run did not end well. */
    @Test
    void aRunThatFailedLeavesNothing() throws Exception {
        Path archive = cache.resolve("1.0-java-17+home");
        Files.createFile(Path.of(archive + "." + ProcessHandle.current().pid() + ".list"));
        System.setProperty("iotdbmigrate.class.archive", archive.toString());
        try {
            ClassArchive.afterThisProcess(false);
        } finally {
            System.clearProperty("iotdbmigrate.class.archive");
        }
        assertThat(files()).isEmpty();
    }
}
