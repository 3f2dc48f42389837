package io.iotdbmigrate.cli.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.TargetType;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.Difference.Cell;
import io.iotdbmigrate.verify.Difference.Value;
import io.iotdbmigrate.verify.DifferenceMaps;
import io.iotdbmigrate.verify.RowKey;
import io.iotdbmigrate.verify.VerifyReport;
import io.iotdbmigrate.verify.VerifyReport.Positions;
import io.iotdbmigrate.verify.VerifyReport.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Comparisons of invented plants, to render. */
public final class VerifyScenes {
    /** Breaks out of a page whose author forgot to escape it. */
    public static final String HOSTILE =
            "\"'><script>document.title='run'</script><img src=x>&amp;";

    public static final Origin ORIGIN =
            new Origin("plant", "MySQL db.example.com:3306/plant", "IoTDB iotdb.example.com:6667");

    private static final long DAY = 86_400_000L;
    private static final long START = Instant.parse("2026-10-01T00:00:00Z").toEpochMilli();

    private VerifyScenes() {}

    /** The page of a comparison. */
    public static String page(VerifyReport report) {
        return VerifyHtml.render(report, ORIGIN, "iotdb-migrate verify --config plant.yml");
    }

    /** Nothing differs. */
    public static VerifyReport equal(int devices) {
        return report(devices, List.of(), List.of());
    }

    /** So many rows differ: outages of days, and single rows. */
    public static VerifyReport different(int devices, int count) {
        Random random = new Random(7);
        List<Difference> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int device = (int) (Math.pow(random.nextDouble(), 2) * devices);
            boolean outage = random.nextInt(3) == 0;
            long time =
                    START
                            + (outage ? (10 + device % 3) * DAY : 0)
                            + random.nextLong(outage ? DAY / 2 : 40 * DAY);
            all.add(
                    difference(
                            i, "root.plant.line_%02d.d%06d".formatted(device % 40, device), time));
        }
        return report(devices, all, List.of("rows before 2026-10-01T00:00:00Z"));
    }

    /** All of a thousand tables differ, in rows of a thousand long values. */
    static VerifyReport manyTables() {
        VerifyReport one = different(50_000, 10_000);
        List<Cell> cells =
                IntStream.range(0, 1_000)
                        .mapToObj(
                                i ->
                                        new Cell(
                                                "column_" + i,
                                                new Value(TargetType.TEXT, new byte[9_999]),
                                                null))
                        .toList();
        Difference wide = new Difference.Missing(new RowKey(0, "root.plant.d1", START), cells);
        return new VerifyReport(
                one.mode(),
                Collections.nCopies(1_000, one.tables().get(0)),
                Collections.nCopies(20, wide),
                Collections.nCopies(1_000, one.maps().get(0)),
                one.differencesFile(),
                one.positions(),
                one.notCompared(),
                one.notes(),
                null,
                one.startedAt(),
                one.finishedAt(),
                one.duration());
    }

    /** Equal, though each side was read at another moment of a busy table. */
    public static VerifyReport equalAfterChanges() {
        VerifyReport one = equal(2);
        Table t = one.tables().get(0);
        BinlogPosition later = new BinlogPosition("binlog.000007", 48_219_001, "");
        return new VerifyReport(
                one.mode(),
                List.of(
                        new Table(
                                t.name(),
                                t.mapping(),
                                t.sources(),
                                t.mysqlRows(),
                                t.iotdbRows() + 15,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                t.mysqlChecksum(),
                                "60303ae22b998861bce3b28f33eec1be",
                                List.of())),
                List.of(),
                List.of(),
                null,
                new Positions(later, later, later),
                List.of(),
                List.of(),
                null,
                one.startedAt(),
                one.finishedAt(),
                one.duration());
    }

    /** Names and values of someone who means ill. */
    public static VerifyReport hostile() {
        Difference difference =
                new Difference.Changed(
                        new RowKey(0, "root." + HOSTILE, START),
                        List.of(
                                new Cell(
                                        HOSTILE,
                                        new Value(TargetType.TEXT, HOSTILE.getBytes(UTF_8)),
                                        new Value(TargetType.TEXT, "\n\u0000".getBytes(UTF_8)))));
        Difference wide = difference(2, "root." + "設備Ｗ".repeat(20) + ".d1", START);
        return report(2, List.of(difference, wide), List.of("devices other than " + HOSTILE));
    }

    private static Difference difference(int number, String device, long time) {
        RowKey key = new RowKey(0, device, time);
        Value value = new Value(TargetType.DOUBLE, 20 + number / 64.0);
        return switch (number % 4) {
            case 0 -> new Difference.Extra(key, List.of(new Cell("temperature", null, value)));
            case 1 ->
                    new Difference.Changed(
                            key,
                            List.of(
                                    new Cell(
                                            "temperature",
                                            value,
                                            new Value(TargetType.DOUBLE, 20.0))));
            default -> new Difference.Missing(key, List.of(new Cell("temperature", value, null)));
        };
    }

    private static VerifyReport report(
            int devices, List<Difference> all, List<String> notCompared) {
        DifferenceMaps maps = new DifferenceMaps(TimePrecision.MS);
        all.forEach(maps::measure);
        all.forEach(maps::add);
        long missing = all.stream().filter(d -> d instanceof Difference.Missing).count();
        long extra = all.stream().filter(d -> d instanceof Difference.Extra).count();
        BinlogPosition before = new BinlogPosition("binlog.000007", 48_213_377, "");
        long rows = Math.max(devices * 1_000L, all.size() * 10L);
        List<VerifyReport.Device> most =
                all.stream()
                        .collect(Collectors.groupingBy(d -> d.key().device()))
                        .entrySet()
                        .stream()
                        .sorted(Comparator.comparing(e -> -e.getValue().size()))
                        .limit(20)
                        .map(e -> device(e.getKey(), e.getValue()))
                        .toList();
        return new VerifyReport(
                VerifyReport.CHECKSUMS,
                List.of(
                        new Table(
                                "ambience",
                                "ambience",
                                List.of(new VerifyReport.Source("ambience", 0)),
                                rows,
                                rows - missing + extra,
                                missing,
                                extra,
                                all.size() - missing - extra,
                                1_004,
                                3,
                                2,
                                0,
                                "9f86d081884c7d659a2feaa0c55ad015",
                                all.isEmpty()
                                        ? "9f86d081884c7d659a2feaa0c55ad015"
                                        : "60303ae22b998861bce3b28f33eec1be",
                                most)),
                all.subList(0, Math.min(20, all.size())),
                maps.of(List.of("ambience")),
                all.isEmpty() ? null : Path.of("/var/lib/plant/state/differences.jsonl"),
                new Positions(before, before, null),
                notCompared,
                all.isEmpty()
                        ? List.of()
                        : List.of(
                                "cdc does not run: IoTDB is as MySQL was at"
                                        + " binlog.000007:48213377"),
                null,
                Instant.parse("2026-11-22T10:15:12.204Z"),
                Instant.parse("2026-11-22T10:15:30.512Z"),
                Duration.ofMillis(14_249));
    }

    private static VerifyReport.Device device(String name, List<Difference> all) {
        LongSummaryStatistics times =
                all.stream().mapToLong(d -> d.key().time()).summaryStatistics();
        return new VerifyReport.Device(
                name,
                all.size(),
                Instant.ofEpochMilli(times.getMin()),
                Instant.ofEpochMilli(times.getMax()));
    }
}
