package io.iotdbmigrate.flink.cdc.binlog;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.flink.cdc.BinlogEvent;
import io.iotdbmigrate.flink.cdc.CdcSpec;
import io.iotdbmigrate.flink.cdc.FollowedTables;
import io.iotdbmigrate.flink.cdc.TableAppeared;
import io.iotdbmigrate.model.BinlogPosition;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.ServerName;
import io.iotdbmigrate.mysql.binlog.BinlogServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.cdc.connectors.mysql.source.offset.BinlogOffset;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlBinlogSplit;
import org.apache.flink.cdc.connectors.mysql.source.split.MySqlSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * The connector's reader, but a checkpoint inside a transaction notes where that began: restored
 * inside a large statement, connector 3.5.0 loses rows (FLINK-38531; a test of ours lost some,
 * too). The transaction is read again as a whole; what had passed already is known behind the
 * source.
 */
final class ReplayingReader implements SourceReader<BinlogEvent, MySqlSplit> {
    /** As the connector says it when it begins, and MySQL when it is asked for the file. */
    private static final Pattern PURGED =
            Pattern.compile(
                    "no longer available on the server|Could not find first log file"
                            + "|purged (required )?binary logs");

    /** MySQL ends the older of two connections with one id, in answer to the newer. */
    private static final Pattern SAME_ID = Pattern.compile("same server_uuid/server_id");

    /** MySQL's answer to a login or a command that it does not allow. */
    private static final Pattern DENIED =
            Pattern.compile("Access denied(?: for user|; you need)[^\\n]*");

    private final SourceReader<BinlogEvent, MySqlSplit> reader;
    private final MySqlConfig mysql;
    private final ServerIdRange serverId;
    private final String server;
    private final FollowedTables followed;
    private final Kept kept;
    private BinlogPosition from = new BinlogPosition("", 0, "");

    /** Where a table appeared that the job has to restart for; null: nowhere. */
    private @Nullable TableAppeared appeared;

    /** Done when a checkpoint is there from which it may restart. */
    private final CompletableFuture<Void> checkpointed = new CompletableFuture<>();

    /**
     * @param spec of now, with all tables that are followed
     */
    ReplayingReader(SourceReader<BinlogEvent, MySqlSplit> reader, CdcSpec spec, Kept kept) {
        this.reader = reader;
        this.mysql = spec.mysql();
        this.serverId = spec.serverId();
        this.server = spec.server();
        this.followed = new FollowedTables(spec);
        this.kept = kept;
    }

    @Override
    public List<MySqlSplit> snapshotState(long checkpointId) {
        List<MySqlSplit> splits = new ArrayList<>();
        for (MySqlSplit split : reader.snapshotState(checkpointId)) {
            splits.add(
                    split.isBinlogSplit()
                            ? kept.noted(fromTransaction(split.asBinlogSplit()))
                            : split);
        }
        return splits;
    }

    private static MySqlBinlogSplit fromTransaction(MySqlBinlogSplit split) {
        BinlogOffset offset = split.getStartingOffset();
        if (offset == null
                || (offset.getRestartSkipEvents() == 0 && offset.getRestartSkipRows() == 0)) {
            return split;
        }
        BinlogOffset begin =
                BinlogOffset.builder()
                        .setOffsetMap(offset.getOffset())
                        .setSkipEvents(0)
                        .setSkipRows(0)
                        .build();
        return Splits.with(split, begin, split.getTableSchemas());
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<BinlogEvent> output) throws Exception {
        if (appeared != null) {
            if (checkpointed.isDone()) {
                throw followed.follow(appeared);
            }
            return InputStatus.NOTHING_AVAILABLE;
        }
        try {
            return reader.pollNext(output);
        } catch (RuntimeException e) {
            Optional<TableAppeared> table = ExceptionUtils.findThrowable(e, TableAppeared.class);
            if (table.isPresent()) {
                if (!followed.grows()) {
                    throw followed.follow(table.get());
                }
                appeared = table.get();
                return InputStatus.NOTHING_AVAILABLE;
            }
            Optional<UserException> stop = ExceptionUtils.findThrowable(e, UserException.class);
            if (stop.isPresent()) {
                throw stop.get();
            }
            if (said(SAME_ID, e)) {
                throw idTaken(e);
            }
            if (said(DENIED, e)) {
                throw denied(e);
            }
            if (said(PURGED, e)) {
                try (BinlogServer answering = new BinlogServer(mysql)) {
                    Optional<UserException> why = answering.history().whyUnavailable(from);
                    if (why.isPresent()) {
                        why.get().addSuppressed(e);
                        throw why.get();
                    }
                }
            }
            throw e;
        }
    }

    private static boolean said(Pattern words, Throwable failure) {
        return ExceptionUtils.findThrowable(
                        failure, cause -> words.matcher(String.valueOf(cause.getMessage())).find())
                .isPresent();
    }

    private UserException denied(RuntimeException cause) {
        String answer =
                ExceptionUtils.findThrowable(
                                cause, e -> DENIED.matcher(String.valueOf(e.getMessage())).find())
                        .map(e -> DENIED.matcher(e.getMessage()))
                        .filter(Matcher::find)
                        .map(Matcher::group)
                        .orElseThrow();
        return new UserException(
                ExitCode.MYSQL,
                ServerName.at(mysql)
                        + " does not let user "
                        + mysql.user()
                        + " read the binlog ("
                        + answer.strip()
                        + "); mend connections.mysql.user, password or the grants, then start cdc"
                        + " again: it goes on where it was",
                cause);
    }

    /**
     * Says that the server id is taken. Going on would end the other one, which goes on and ends
     * this one.
     */
    private UserException idTaken(RuntimeException cause) {
        return new UserException(
                ExitCode.MYSQL,
                "another reader of the binlog has connected to "
                        + ServerName.at(mysql)
                        + " with server id "
                        + serverId.first()
                        + ", which this cdc had, and so ended it; give each its own"
                        + " mysql.cdc.server_id, or remove the key and a free one is picked, then"
                        + " start cdc again: it goes on where it was",
                cause);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return appeared == null ? reader.isAvailable() : checkpointed;
    }

    @Override
    public void addSplits(List<MySqlSplit> splits) {
        for (MySqlSplit split : splits) {
            if (split.isBinlogSplit()) {
                kept.restore(split.asBinlogSplit());
                BinlogOffset offset = split.asBinlogSplit().getStartingOffset();
                String gtids = offset.getGtidSet();
                from =
                        new BinlogPosition(
                                offset.getFilename(),
                                offset.getPosition(),
                                gtids == null ? "" : gtids,
                                server);
            }
        }
        reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
        if (appeared != null && followed.mayRestart()) {
            checkpointed.complete(null);
        }
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        reader.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }
}
