package io.iotdbmigrate.bench;

import java.util.Locale;

/** {@link BenchReport} for people. */
final class BenchText {
    private BenchText() {}

    static String render(BenchReport report) {
        StringBuilder text = new StringBuilder();
        text.append(
                format(
                        "%n%,d rows of 9 columns; median of %d, in seconds%n"
                                + "%d cores (%s), load before %.2f; MySQL %s, IoTDB %s, Java %s; %s%n%n",
                        report.rows(),
                        report.rounds(),
                        report.machine().cores(),
                        report.machine().cpu(),
                        report.machine().load(),
                        report.versions().mysql(),
                        report.versions().iotdb(),
                        report.versions().java(),
                        report.versions().tool()));
        text.append(
                format(
                        "%8s %9s %9s %9s %9s %10s %6s  %s%n",
                        "devices",
                        "scan",
                        report.kind().iotdb(),
                        "job",
                        "process",
                        "peak RSS",
                        "ratio",
                        "target"));
        for (BenchReport.Case each : report.cases()) {
            Measurements measured = each.measured();
            text.append(
                    format(
                            "%,8d %9.2f %9.2f %9.2f %9.2f %6d MiB %6.2f  %s%n",
                            measured.readings().devices(),
                            measured.scan().seconds(),
                            measured.iotdb().seconds(),
                            measured.jobSeconds(),
                            measured.processSeconds(),
                            measured.peakRssMib(),
                            measured.ratio(),
                            verdict(report, each)));
        }
        text.append(format("%n"));
        for (BenchReport.Case each : report.cases()) {
            Measurements measured = each.measured();
            text.append(
                    format(
                            "%,d devices: fastest scan with %s, fastest %s with %s%n",
                            measured.readings().devices(),
                            measured.scan().way(),
                            report.kind().iotdb(),
                            measured.iotdb().way()));
        }
        for (BenchReport.Case each : report.cases()) {
            each.measured()
                    .ratioToTree()
                    .ifPresent(
                            ratio ->
                                    text.append(
                                            format(
                                                    "%,d devices: %.2f of the tree's job, at most %.2f%n",
                                                    each.measured().readings().devices(),
                                                    ratio,
                                                    each.targetToTree())));
        }
        report.machine().warning().ifPresent(warning -> text.append(warning).append('\n'));
        return text.toString();
    }

    private static String verdict(BenchReport report, BenchReport.Case each) {
        return switch (report.verdict(each)) {
            case PASS -> format("%.1f: pass", each.target());
            case FAIL -> format("%.1f: FAIL", each.target());
            case NO_TARGET -> "-";
        };
    }

    private static String format(String format, Object... args) {
        return String.format(Locale.ROOT, format, args);
    }
}
