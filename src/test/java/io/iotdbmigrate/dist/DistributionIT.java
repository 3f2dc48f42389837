package io.iotdbmigrate.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.iotdbmigrate.testkit.Tool;
import io.iotdbmigrate.testkit.Tool.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The distribution as it is handed out, without any server. */
class DistributionIT {
    private static final long MOST_JOB_JAR_BYTES = 45L << 20;

    private static final String CONFIG =
            """
            connections:
              mysql: {host: 127.0.0.1, port: 1, user: u, password: p, database: d}
              iotdb: {host: 127.0.0.1, port: 1}
            iotdb:
              mappings:
                - table: t
                  timestamp_field: ts
                  device_template: root.plant.d
                  measurements: all
            """;

    @TempDir Path folder;
    private Tool tool;

    @BeforeEach
    void find() {
        tool = new Tool(folder);
    }

    /** The same under a path with a blank; only the big jars are not copied. */
    private Tool underAPathWithABlank() throws IOException {
        Path home = Files.createDirectories(folder.resolve("my tools/iotdb-migrate"));
        Files.createDirectory(home.resolve("bin"));
        Files.copy(
                tool.launcher(),
                home.resolve("bin/iotdb-migrate"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(home.resolve("lib"), tool.home().resolve("lib"));
        return new Tool(home, folder);
    }

    @Test
    void hasEverythingInItsPlace() throws Exception {
        Path home = tool.home();

        assertThat(Files.getPosixFilePermissions(tool.launcher()))
                .contains(PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
        assertThat(home.resolve("job/job.jar")).exists();
        assertThat(home.resolve("config/migration.example.yml")).exists();
        assertThat(home.resolve("completion/iotdb-migrate.sh"))
                .content()
                .contains("complete -F _complete_iotdb-migrate");
        assertThat(home.resolve("completion/_iotdb-migrate"))
                .content()
                .startsWith("#compdef iotdb-migrate\n")
                .contains("/iotdb-migrate.sh", "_complete_iotdb-migrate");
        assertThat(home.resolve("LICENSE")).content().contains("Apache License");
        assertThat(home)
                .isDirectoryRecursivelyContaining("glob:**/README.md")
                .isDirectoryRecursivelyContaining("glob:**/CONTRIBUTING.md")
                .isDirectoryRecursivelyContaining("glob:**/CHANGELOG.md")
                .isDirectoryRecursivelyContaining("glob:**/src/docs/guarantees.md")
                .isDirectoryRecursivelyContaining("glob:**/src/docs/pictures/way.svg");
        try (Stream<Path> lib = Files.list(home.resolve("lib"))) {
            assertThat(lib.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.matches("iotdb-migrate-[\\d.]+\\.jar"))
                    .anyMatch(name -> name.startsWith("flink-runtime-"))
                    // Without it a compressed transaction ends the reader of the binlog.
                    .anyMatch(name -> name.startsWith("zstd-jni-"))
                    // Flink's RPC as a jar on the class path, not as a jar in a jar.
                    .contains("flink-rpc-akka.jar")
                    .noneMatch(name -> name.startsWith("flink-rpc-akka-loader"))
                    .noneMatch(name -> name.contains("junit") || name.contains("testcontainers"));
        }
    }

    @Test
    void theLauncherHasTheFlagsOfTheBuild() throws Exception {
        assertThat(Files.readString(tool.launcher()))
                .contains("--add-opens=java.base/java.util=ALL-UNNAMED")
                .doesNotContain("@jvm.flags@", "@jvm.agent@", "@project.version@");
    }

    @Test
    void helpLoadsNothingOfFlink() throws Exception {
        Path loaded = folder.resolve("loaded.txt");

        Result result =
                tool.run(Map.of("IOTDB_MIGRATE_OPTS", "-Xlog:class+load:file=" + loaded), "--help");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Commands:", "Exit codes:");
        assertThat(result.err()).isEmpty();
        assertThat(Files.readString(loaded))
                .contains("picocli.CommandLine")
                .doesNotContain(
                        "org.apache.", "com.mysql.", "org.jline.", "com.fasterxml.", "org.yaml.");
    }

    @Test
    void runsFromAPathWithABlankAndThroughSymbolicLinks() throws Exception {
        Tool moved = underAPathWithABlank();
        Path bin = Files.createDirectories(folder.resolve("usr bin"));
        Path first = Files.createSymbolicLink(folder.resolve("first"), moved.launcher());
        Path relative = Files.createSymbolicLink(bin.resolve("tool"), bin.relativize(first));

        assertThat(moved.run("--version").outLines().get(0)).matches("iotdb-migrate [\\d.]+");
        Process process =
                new ProcessBuilder(relative.toString(), "--version")
                        .redirectErrorStream(true)
                        .start();
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                .startsWith("iotdb-migrate ");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void namesTheJavaThatIsMissing() throws Exception {
        Result result = tool.run(Map.of("JAVA_HOME", "/nowhere"), "--version");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errLines()).singleElement().asString().contains("/nowhere", "17");
    }

    @Test
    void refusesAnOldJava() throws Exception {
        Path java = Files.createDirectories(folder.resolve("jdk8/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho must not be called\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("jdk8/release"), "JAVA_VERSION=\"1.8.0_402\"\n");

        Result result = tool.run(Map.of("JAVA_HOME", folder.resolve("jdk8").toString()), "check");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines()).singleElement().asString().contains("1.8.0_402", "17");
    }

    @Test
    void checksTheExampleConfig() throws Exception {
        Path example = tool.home().resolve("config/migration.example.yml");

        Result result =
                tool.run(
                        Map.of("MYSQL_PASSWORD", "s3cr3t-in-env"),
                        "check",
                        "--offline",
                        "--config",
                        example.toString());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("config is valid: 1 table").doesNotContain("s3cr3t");
    }

    static Stream<Arguments> badInput() {
        return Stream.of(
                Arguments.of("broken YAML", CONFIG + "  broken: [", 3, "plant.yml:"),
                Arguments.of("unknown key", CONFIG + "paralelism: 2\n", 3, "paralelism"),
                Arguments.of(
                        "unknown time zone",
                        CONFIG.replace("user: u", "user: u, time_zone: Mars/Base"),
                        3,
                        "Mars/Base"),
                Arguments.of(
                        "unset variable",
                        CONFIG.replace("password: p", "password: \"${env:NOT_SET_HERE}\""),
                        3,
                        "NOT_SET_HERE"),
                Arguments.of(
                        "illegal storage group",
                        CONFIG.replace("  mappings", "  storage_groups: [plant]\n  mappings"),
                        3,
                        "storage_groups"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInput")
    void badInputIsOneSentence(String name, String yaml, int code, String part) throws Exception {
        Files.writeString(folder.resolve("plant.yml"), yaml);

        Result result = tool.run("check", "--offline", "--config", "plant.yml");

        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines())
                .singleElement()
                .asString()
                .startsWith("error: ")
                .contains(part);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aMissingFileIsOneSentence(List<String> command) throws Exception {
        Result result = tool.run(command.toArray(String[]::new));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines())
                .singleElement()
                .isEqualTo("error: nix.yml: does not exist; give the path of your config file.");
        assertThat(folder.resolve(".iotdb-migrate")).doesNotExist();
    }

    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("check", "--config", "nix.yml"),
                List.of("check", "--offline", "--config", "nix.yml"),
                List.of("backfill", "--config", "nix.yml"));
    }

    @Test
    void aServerThatDoesNotAnswerIsOneSentence() throws Exception {
        Files.writeString(folder.resolve("plant.yml"), CONFIG);

        Result result = tool.run("backfill", "--config", "plant.yml", "--output", "json");

        assertThat(result.exitCode()).isIn(4, 5);
        assertThat(result.errLines()).singleElement().asString().startsWith("error: ");
        assertThat(new ObjectMapper().readTree(result.out()).path("exit_code").asInt())
                .isEqualTo(result.exitCode());
    }

    @Test
    void theJobJarHasTheJobAndNothingThatAClusterBringsItself() throws Exception {
        Path path = tool.home().resolve("job/job.jar");

        assertThat(Files.size(path)).isLessThan(MOST_JOB_JAR_BYTES);
        try (JarFile jar = new JarFile(path.toFile())) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .contains(
                            "io/iotdbmigrate/MySQLToIoTDBBackfillJob.class",
                            "io/iotdbmigrate/mapping/RowMapper.class",
                            "com/mysql/cj/jdbc/Driver.class",
                            "org/apache/iotdb/session/Session.class",
                            "org/apache/flink/cdc/connectors/mysql/source/MySqlSource.class",
                            "com/github/luben/zstd/ZstdInputStream.class",
                            "linux/amd64/libzstd-jni-1.5.6-3.so")
                    .doesNotContain(
                            "io/iotdbmigrate/Main.class",
                            "io/iotdbmigrate/flink/cluster/DirectRpcSystemLoader.class",
                            "META-INF/services/org.apache.flink.runtime.rpc.RpcSystemLoader",
                            "log4j2.xml",
                            "org/apache/flink/runtime/minicluster/MiniCluster.class",
                            "org/apache/flink/streaming/api/environment/StreamExecutionEnvironment.class",
                            "org/apache/flink/api/common/JobID.class")
                    .noneMatch(name -> name.startsWith("org/apache/iotdb/mpp/"))
                    .noneMatch(name -> name.endsWith(".dll"))
                    .noneMatch(name -> name.startsWith("io/iotdbmigrate/cli/"))
                    .noneMatch(name -> name.startsWith("picocli/"))
                    .noneMatch(name -> name.startsWith("org/jline/"))
                    .noneMatch(name -> name.startsWith("org/slf4j/"))
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)"));
        }
    }
}
