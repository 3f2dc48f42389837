package io.iotdbmigrate.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.Migration;
import io.iotdbmigrate.testkit.Servers;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TableContents;
import io.iotdbmigrate.testkit.TestDatabase;
import io.iotdbmigrate.testkit.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application writes by chance while the tool is stopped and killed and each server is killed;
 * at the end IoTDB holds what MySQL's tables say. See {@link RandomSettings} for its length.
 */
@ExtendWith(ServersExtension.class)
class RandomReplicationIT {
    private static final int UNITS_PER_SECOND = 120;
    private static final int SECONDS_PER_MISHAP = 7;

    @TempDir Path folder;

    static Stream<Arguments> seeds() {
        return RandomSettings.get().all();
    }

    @ParameterizedTest(name = "seed {0}, {1}")
    @MethodSource("seeds")
    void bothTablesAreEqualWhateverHappens(long seed, String model, TestDatabase database)
            throws Exception {
        RandomSettings settings = RandomSettings.get();
        Path statements = Path.of("target", "random", "seed-" + seed + "-" + model + ".sql");
        String about =
                "seed %d, %s; its statements are in %s; to run it again: %s"
                        .formatted(seed, model, statements, settings.again(seed, model));
        System.out.println(about);
        List<Unit> script = Script.of(seed, settings.seconds() * UNITS_PER_SECOND);
        Application.print(script, statements);
        try {
            replicate(seed, model.equals("table"), settings, script, database);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(about, e);
        }
    }

    private void replicate(
            long seed,
            boolean inTables,
            RandomSettings settings,
            List<Unit> script,
            TestDatabase database)
            throws Exception {
        Dice dice = new Dice(~seed);
        Migration tree = migration(database, dice);
        Migration migration = inTables ? tree.inTables() : tree;
        if (inTables) {
            switchCompactionOff(database);
        }
        int count = Math.max(Mishap.values().length, settings.seconds() / SECONDS_PER_MISHAP);
        List<Mishap> mishaps = Mishap.series(dice.below(Integer.MAX_VALUE), count);
        try (Application application =
                        Application.start(
                                database, script, UNITS_PER_SECOND, dice.among(1, 30, 200));
                Operator operator = new Operator(migration, folder)) {
            migration.backfill();
            operator.start(isKilled(mishaps));
            for (int i = 0; i < count; i++) {
                application.awaitDone(script.size() * (i + 1) / (count + 1));
                if (dice.chance(70)) {
                    operator.awaitProgress();
                }
                System.out.println("seed " + seed + ": " + mishaps.get(i));
                happen(
                        mishaps.get(i),
                        isKilled(mishaps.subList(i + 1, count)),
                        operator,
                        database.servers());
            }
            application.awaitEnd();
            operator.awaitAllApplied();
            end(dice.among(Ending.values()), migration, inTables, operator, database);
        }
    }

    /** As check advises: the server brings deleted rows of tables back (apache/iotdb#16799). */
    private static void switchCompactionOff(TestDatabase database) throws Exception {
        for (String space : List.of("seq", "unseq", "cross")) {
            String setting = "enable_" + space + "_space_compaction";
            database.executeInTables("SET CONFIGURATION " + setting + "='false'");
        }
    }

    private static void end(
            Ending ending,
            Migration migration,
            boolean inTables,
            Operator operator,
            TestDatabase database)
            throws Exception {
        System.out.println("ends with " + ending);
        boolean stops = ending.stops(database.version().logsCascades());
        Contents before = migration.expected();
        database.execute(
                ending.statement(),
                "INSERT INTO aged VALUES (3, 1, 300, 3)",
                "INSERT INTO owned SELECT 3, MAX(dev), 3, 3 FROM machine");
        if (stops) {
            assertThat(operator.awaitStopped()).contains(ending.named(), "backfill --restart");
        } else {
            operator.awaitAllApplied();
            operator.stop();
        }
        assertThat(inTables ? ofTables(database) : migration.contents())
                .isEqualTo(stops ? before : migration.expected());
        if (!stops) {
            assertThat(Verification.run(migration, Verification.options()).equal()).isTrue();
        }
    }

    private static Contents ofTables(TestDatabase database) throws Exception {
        SortedMap<String, String> points = new TreeMap<>();
        for (String table : List.of(Shape.UNIQUE.table(), Shape.SHARED.table(), "aged", "owned")) {
            points.putAll(TableContents.points(database, table, "dev").points());
        }
        return new Contents(points);
    }

    private Migration migration(TestDatabase database, Dice dice) {
        return new Migration(
                database,
                folder,
                Shape.UNIQUE.mapping(dice.chance(50))
                        + Shape.SHARED.mapping(dice.chance(50))
                        + Ending.MAPPINGS,
                """
                backfill: {parallelism: %d, chunk_rows: %d}
                sink: {max_buffered: %s, batch_rows: %d}
                flink:
                  checkpoint_interval: %dms
                  restart: {initial_backoff: 200ms, max_backoff: 2s}
                """
                        .formatted(
                                dice.between(1, 3),
                                dice.among(20, 1_000),
                                dice.among("64KiB", "64MiB"),
                                dice.among(7, 10_000),
                                dice.among(200, 1_000, 3_000)));
    }

    /** Whether the cdc that runs until the next end of one is to be killed then. */
    private static boolean isKilled(List<Mishap> mishaps) {
        return mishaps.stream()
                .filter(mishap -> mishap == Mishap.STOP || mishap == Mishap.KILL_TOOL)
                .findFirst()
                .filter(mishap -> mishap == Mishap.KILL_TOOL)
                .isPresent();
    }

    private static void happen(
            Mishap mishap, boolean killedNext, Operator operator, Servers servers)
            throws Exception {
        switch (mishap) {
            case STOP -> {
                operator.awaitProgress();
                operator.stop();
                operator.start(killedNext);
            }
            case KILL_TOOL -> {
                operator.kill();
                operator.start(killedNext);
            }
            case KILL_MYSQL -> {
                servers.killMysql();
                servers.startMysql();
            }
            case KILL_IOTDB -> {
                servers.killIotdb();
                servers.startIotdb();
            }
        }
    }
}
