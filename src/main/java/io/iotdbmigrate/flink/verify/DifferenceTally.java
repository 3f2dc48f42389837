package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.mapping.TargetUnit;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.SideSums;
import io.iotdbmigrate.verify.TableRules;
import io.iotdbmigrate.verify.VerifyReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tally that gathers what was found, table by table. Not thread-safe. */
final class DifferenceTally {
    private static final int MOST_DEVICES = 10_000;
    private static final int DEVICES_SHOWN = 20;

    private final List<TableRules> rules;
    private final TimePrecision precision;
    private final List<Tally> tallies = new ArrayList<>();

    private static final class Tally {
        private final Map<String, long[]> devices = new HashMap<>();
        private long missing;
        private long extra;
        private long different;
        private long collapsed;
        private long kept;
    }

    DifferenceTally(List<TableRules> rules, TimePrecision precision) {
        this.rules = rules;
        this.precision = precision;
        rules.forEach(r -> tallies.add(new Tally()));
    }

    void collapsed(int table, long rows) {
        tallies.get(table).collapsed += rows;
    }

    void kept(int table) {
        tallies.get(table).kept++;
    }

    void add(Difference difference) {
        Tally tally = tallies.get(difference.key().table());
        if (difference instanceof Difference.Missing) {
            tally.missing++;
        } else if (difference instanceof Difference.Extra) {
            tally.extra++;
        } else {
            tally.different++;
        }
        String device = difference.key().device();
        long time = difference.key().time();
        if (tally.devices.size() < MOST_DEVICES || tally.devices.containsKey(device)) {
            long[] of = tally.devices.computeIfAbsent(device, d -> new long[] {0, time, time});
            of[0]++;
            of[1] = Math.min(of[1], time);
            of[2] = Math.max(of[2], time);
        }
    }

    List<VerifyReport.Table> tables(SideSums mysql, SideSums iotdb, List<TargetUnit> units) {
        List<VerifyReport.Table> tables = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            Tally tally = tallies.get(i);
            SideSums.Table source = mysql.table(i);
            SideSums.Table target = iotdb.table(i);
            tables.add(
                    new VerifyReport.Table(
                            rules.get(i).name(),
                            rules.get(i).mapping(),
                            sources(rules.get(i), units.get(i), source),
                            source.sums().rows(),
                            target.sums().rows(),
                            tally.missing,
                            tally.extra,
                            tally.different,
                            source.empty(),
                            source.rejected(),
                            tally.collapsed,
                            tally.kept + target.markedRows(),
                            source.sums().checksum(),
                            target.sums().checksum(),
                            devices(tally)));
        }
        return tables;
    }

    private static List<VerifyReport.Source> sources(
            TableRules rules, TargetUnit unit, SideSums.Table read) {
        List<VerifyReport.Source> sources = new ArrayList<>();
        for (int i = 0; i < rules.tables().size(); i++) {
            sources.add(
                    new VerifyReport.Source(
                            rules.tables().get(i), read.readOf(unit.mappings().get(i))));
        }
        return sources;
    }

    private List<VerifyReport.Device> devices(Tally tally) {
        return tally.devices.entrySet().stream()
                .sorted(
                        Comparator.comparingLong((Map.Entry<String, long[]> e) -> -e.getValue()[0])
                                .thenComparing(Map.Entry::getKey))
                .limit(DEVICES_SHOWN)
                .map(
                        e ->
                                new VerifyReport.Device(
                                        e.getKey(),
                                        e.getValue()[0],
                                        precision.instant(e.getValue()[1]),
                                        precision.instant(e.getValue()[2])))
                .toList();
    }
}
