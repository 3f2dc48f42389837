package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CdcJournal.Applied;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ChangePosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.ServerName;
import io.iotdbmigrate.mysql.VisibleCommits;
import io.iotdbmigrate.mysql.binlog.BinlogPositions;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import io.iotdbmigrate.mysql.binlog.CountedTables;
import io.iotdbmigrate.plan.MigrationPlan;
import io.iotdbmigrate.verify.Recheck;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** What the journal says of replication, and MySQL of its binlog. */
public final class JournalProgress implements Recheck.BinlogProgress {
    private final Journal journal;
    private final MySqlConfig mysql;
    private final CountedTables tables;
    private final Job job;

    /** What is known of the job itself: one that is killed does not write that it has ended. */
    @FunctionalInterface
    public interface Job {

        /** Tells whether it is known not to run. */
        boolean isGone() throws IOException;
    }

    private JournalProgress(Journal journal, MySqlConfig mysql, CountedTables tables, Job job) {
        this.journal = journal;
        this.mysql = mysql;
        this.tables = tables;
        this.job = job;
    }

    /** Makes one of these tables. */
    public static JournalProgress of(
            Journal journal, MySqlConfig mysql, MigrationPlan plan, Job job) {
        return new JournalProgress(journal, mysql, CountedTables.of(plan.mappings()), job);
    }

    @Override
    public boolean runs() throws IOException {
        return CdcJournal.read(journal).filter(Applied::running).isPresent() && !job.isGone();
    }

    /**
     * Returns how far a replication came that does not run any more.
     *
     * @return empty if one runs, if none ever did, or if nothing happened in MySQL since
     */
    public Optional<ChangePosition> endedAt() throws IOException {
        Optional<Applied> noted = CdcJournal.read(journal);
        Optional<ChangePosition> applied = noted.map(Applied::position);
        if (applied.isEmpty() || runs()) {
            return Optional.empty();
        }
        ChangePosition last = applied.get();
        try (BinlogServer server = new BinlogServer(mysql)) {
            boolean behind =
                    !server.writesBinlog()
                            || !server.history()
                                    .isAvailable(
                                            new BinlogPosition(
                                                    last.file(),
                                                    last.offset(),
                                                    "",
                                                    noted.get().server()))
                            || server.lag().eventsBehind(last, tables, 1) > 0;
            return behind ? applied : Optional.empty();
        }
    }

    /** Returns how many changes the replication has rejected so far. */
    public long rejected() throws IOException {
        return CdcJournal.read(journal).map(Applied::rejected).orElse(0L);
    }

    @Override
    public boolean hasApplied(BinlogPosition position) throws IOException {
        Optional<Applied> applied = CdcJournal.read(journal);
        if (applied.isEmpty()) {
            return false;
        }
        try (BinlogServer server = new BinlogServer(mysql)) {
            return applied.get()
                    .positionOn(server.uuid())
                    .map(last -> !server.lag().anyEventBetween(last, position, tables))
                    .orElse(false);
        }
    }

    /** Returns where MySQL's binlog ends, once a SELECT sees all that stands before it. */
    @Override
    public Optional<BinlogPosition> current() throws IOException {
        try (Connection connection = MySqlConnections.open(mysql)) {
            Optional<BinlogPosition> position = BinlogPositions.current(connection);
            if (position.isPresent()) {
                VisibleCommits.await(connection);
            }
            return position;
        } catch (SQLException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    ServerName.at(mysql)
                            + " does not say where its binlog is ("
                            + e.getMessage()
                            + "); grant user "
                            + mysql.user()
                            + " REPLICATION CLIENT",
                    e);
        }
    }

    @Override
    public void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for replication");
        }
    }
}
