package io.iotdbmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.testkit.Servers;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * SeaTunnel as it is published, with its own engine in one process. {@code scripts/bench} has Maven
 * fetch the jars.
 *
 * @param home its installation
 */
record SeaTunnel(Path home) {
    static final String VERSION = System.getProperty("bench.seatunnel");

    private static final Path JARS = Path.of("target", "bench-peers");
    private static final String MAIN =
            "org.apache.seatunnel.core.starter.seatunnel.SeaTunnelClient";

    /** What the tool has, with the same collector. */
    private static final String HEAP = "768m";

    /** Took it less time of the processor than 1,024, which is its default, or 10,000. */
    private static final int BATCH_ROWS = 50_000;

    /** Makes an installation with what a copy from MySQL to IoTDB needs. */
    static SeaTunnel install(Path home) throws IOException {
        Path connectors = Files.createDirectories(home.resolve("connectors"));
        for (String name : List.of("connector-jdbc", "connector-iotdb")) {
            Path jar = jar(name);
            Files.copy(jar, connectors.resolve(jar.getFileName()));
        }
        Files.writeString(
                connectors.resolve("plugin-mapping.properties"),
                """
                seatunnel.source.Jdbc = connector-jdbc
                seatunnel.sink.IoTDB = connector-iotdb
                """,
                UTF_8);
        // Its own default keeps checkpoints by Hadoop, which is not among its jars.
        Files.writeString(
                home.resolve("seatunnel.yaml"),
                """
                seatunnel:
                  engine:
                    checkpoint:
                      storage:
                        type: localfile
                        plugin-config:
                          namespace: %s/
                """
                        .formatted(home.resolve("checkpoints").toAbsolutePath()),
                UTF_8);
        return new SeaTunnel(home.toAbsolutePath());
    }

    private static Path jar(String artifact) {
        return JARS.resolve(artifact + "-" + VERSION + ".jar");
    }

    /** Copies the table by so many readers and writers. */
    MeasuredProcess copy(Readings readings, int parallelism, String round)
            throws IOException, InterruptedException {
        Path job = home.resolve("job-" + parallelism + ".conf");
        Files.writeString(job, job(readings, parallelism), UTF_8);
        return MeasuredProcess.run(
                "seatunnel-" + parallelism + "-" + round,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP,
                        "-XX:+UseParallelGC",
                        "-DSEATUNNEL_HOME=" + home,
                        "-Dseatunnel.config=" + home.resolve("seatunnel.yaml"),
                        "-Dhazelcast.local.localAddress=127.0.0.1",
                        "-Dhazelcast.socket.bind.any=false",
                        "-Dhazelcast.phone.home.enabled=false",
                        "-cp",
                        jar("seatunnel-starter") + ":" + driver(),
                        MAIN,
                        "-m",
                        "local",
                        "-c",
                        job.toString()));
    }

    /** The driver that the tool has as well. */
    private static Path driver() {
        try {
            return Path.of(
                    com.mysql.cj.jdbc.Driver.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One reader takes the whole table; several take a range of the key each. */
    private static String job(Readings readings, int parallelism) {
        Servers servers = Servers.get();
        return """
                env {
                  job.mode = "BATCH"
                  parallelism = %1$d
                }
                source {
                  Jdbc {
                    url = "%2$s"
                    driver = "com.mysql.cj.jdbc.Driver"
                    user = "%3$s"
                    password = "%4$s"
                    query = "SELECT CONCAT('d', device_id) AS device, ts, %5$s FROM %6$s"
                    %7$s
                  }
                }
                sink {
                  IoTDB {
                    node_urls = ["%8$s:%9$d"]
                    username = "%10$s"
                    password = "%11$s"
                    storage_group = "%12$s"
                    key_device = "device"
                    key_timestamp = "ts"
                    batch_size = %13$d
                  }
                }
                """
                .formatted(
                        parallelism,
                        BenchMysql.url(false),
                        servers.mysqlUser(),
                        servers.mysqlPassword(),
                        Readings.COLUMNS.replace("device_id, ts, ", ""),
                        readings.table(),
                        parallelism == 1
                                ? ""
                                : "partition_column = \"id\"\n    partition_num = " + parallelism,
                        servers.iotdbHost(),
                        servers.iotdbPort(),
                        servers.iotdbUser(),
                        servers.iotdbPassword(),
                        readings.path(),
                        BATCH_ROWS);
    }
}
