package io.iotdbmigrate.cli.report.html;

import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.WorkShare;
import java.util.List;

/**
 * How a backfill went, as far as it was seen.
 *
 * @param tables as they were seen last; none before the first look
 * @param samples of rows; fewer than two where the run copied nothing
 * @param work of both sides; none where that is not known
 */
public record RunCourse(
        List<BackfillProgress.Table> tables, List<RowSample> samples, List<WorkShare> work) {
    public RunCourse {
        tables = List.copyOf(tables);
        samples = List.copyOf(samples);
        work = List.copyOf(work);
    }
}
