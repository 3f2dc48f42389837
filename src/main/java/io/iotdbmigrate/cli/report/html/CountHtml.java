package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.cli.report.CountText;
import io.iotdbmigrate.cli.report.html.HtmlPage.Mood;
import io.iotdbmigrate.cli.report.html.HtmlTable.Column;
import io.iotdbmigrate.verify.CountReport;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** What counting both sides came to, as a page. */
public final class CountHtml {
    private CountHtml() {}

    public static String render(CountReport report, Origin origin) {
        HtmlPage page = new HtmlPage("Counts", origin);
        page.headline(report.equal() ? Mood.ATTENTION : Mood.BAD, CountText.headline(report));
        page.list("not-compared", "Not compared", report.notCompared());
        List<String> notes = new ArrayList<>(report.notes());
        notes.addAll(CountText.explain(report));
        page.list("notes", "To know", notes);
        page.section("tables", "Tables", tables(report));
        if (!report.devices().isEmpty()) {
            page.section(
                    "devices",
                    "Devices that differ, "
                            + report.devices().size()
                            + " of "
                            + Figures.text(report.differing()),
                    devices(report));
        }
        return page.render(
                "Counted at " + Figures.second(report.finishedAt()) + ". All times are in UTC.");
    }

    private static DomContent tables(CountReport report) {
        return HtmlTable.of(
                "table-counts", CountText.FIGURES, CountReport.Table::name, report.tables());
    }

    private static DomContent devices(CountReport report) {
        HtmlTable table =
                new HtmlTable(
                        "device-counts",
                        Column.text("table"),
                        Column.text("device"),
                        Column.number("MySQL"),
                        Column.number("IoTDB"));
        for (CountReport.Device d : report.devices()) {
            table.row(
                    HtmlTable.text(d.table()),
                    HtmlTable.code(d.path()),
                    HtmlTable.number(d.mysqlPoints()),
                    HtmlTable.number(d.iotdbRows()));
        }
        return table.content();
    }
}
