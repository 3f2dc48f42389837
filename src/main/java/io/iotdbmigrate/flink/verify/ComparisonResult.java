package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.verify.Difference;
import io.iotdbmigrate.verify.SideRow.Side;
import io.iotdbmigrate.verify.SideSums;
import io.iotdbmigrate.verify.VerifyReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The sums of both sides, and what a look at the rows behind those that differ came to. */
public final class ComparisonResult {
    private final VerifySpec spec;
    private final TimePrecision precision;
    private final SideSums mysql;
    private final SideSums iotdb;
    private final DrillDown focus;

    public ComparisonResult(VerifySpec spec, TimePrecision precision, Map<Side, SideSums> sums) {
        this.spec = spec;
        this.precision = precision;
        this.mysql = Objects.requireNonNull(sums.get(Side.MYSQL));
        this.iotdb = Objects.requireNonNull(sums.get(Side.IOTDB));
        this.focus = DrillDown.of(spec, mysql, iotdb);
    }

    /** Returns what the first job left. */
    public static Map<Side, SideSums> sums(VerifySpec spec) throws IOException {
        return VerifyFiles.readSums(spec);
    }

    public DrillDown focus() {
        return focus;
    }

    /** Returns the unit of the rows' times. */
    public TimePrecision precision() {
        return precision;
    }

    /** Returns the rows that IoTDB had of a unit. */
    public long targetRows(int unit) {
        return iotdb.table(unit).sums().rows();
    }

    public MySqlRows mysqlRows() {
        return new MySqlRows(spec, mysql);
    }

    /**
     * Counts by table.
     *
     * @param differences those that count, handed on by whoever knows them
     */
    public List<VerifyReport.Table> tables(Differences differences) throws IOException {
        DifferenceTally findings = new DifferenceTally(spec.rules(), precision);
        if (!focus.isEmpty()) {
            VerifyFiles.readResults(
                    spec,
                    result -> {
                        findings.collapsed(result.table(), result.collapsed());
                        if (result.expectedExtra()) {
                            findings.kept(result.table());
                        }
                    });
        }
        differences.each(findings::add);
        return findings.tables(mysql, iotdb, spec.units());
    }

    /** An answer that hands on differences, as often as it is asked. */
    @FunctionalInterface
    public interface Differences {
        void each(VerifyFiles.Sink<Difference> sink) throws IOException;
    }

    /** Takes all that the second job found. */
    public void found(VerifyFiles.Sink<Difference> sink) throws IOException {
        if (!focus.isEmpty()) {
            VerifyFiles.readResults(
                    spec,
                    result -> {
                        if (result.difference() != null) {
                            sink.accept(result.difference());
                        }
                    });
        }
    }
}
