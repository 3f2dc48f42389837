package io.iotdbmigrate.run.history;

import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcCourse;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CutoverEntries;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.history.MigrationHistory.LeftFiles;
import io.iotdbmigrate.run.history.MigrationHistory.SeenCutover;
import io.iotdbmigrate.run.state.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iotdb.rpc.IoTDBConnectionException;

/** A run that reads what a migration left behind. It asks IoTDB only, and changes nothing. */
public final class HistoryRun {
    private static final int DIFFERENCES_SHOWN = 20;

    private final MigrationConfig config;
    private final StateFolder state;

    public HistoryRun(MigrationConfig config, StateFolder state) {
        this.config = config;
        this.state = state;
    }

    /**
     * Reads.
     *
     * @throws UserException exit code 5, if IoTDB cannot be read; 3, if it knows of no such
     *     migration
     */
    public MigrationHistory read() throws IOException, IoTDBConnectionException {
        IotdbSessions.openOrExplain(config.iotdb().tree()).close();
        try (Journal journal = Journal.of(config)) {
            List<Journal.Entry> entries = journal.entries();
            if (entries.isEmpty()) {
                throw new UserException(
                        ExitCode.CONFIG,
                        "name: "
                                + config.name()
                                + ", but IoTDB "
                                + config.iotdb().address()
                                + " has no journal of it; nothing was begun under this name");
            }
            Instant now = Instant.now();
            return new MigrationHistory(
                    entries.stream().map(JournalSentences::event).toList(),
                    entries.stream().flatMap(e -> BackfillJournal.finished(e).stream()).toList(),
                    entries.stream().flatMap(e -> JournalSentences.verified(e).stream()).toList(),
                    cutovers(entries),
                    CdcJournal.read(journal),
                    CdcCourse.read(journal, now),
                    files(),
                    now);
        }
    }

    private static List<SeenCutover> cutovers(List<Journal.Entry> entries) {
        Map<String, SeenCutover> byId = new LinkedHashMap<>();
        for (Journal.Entry entry : entries) {
            CutoverEntries.of(entry)
                    .ifPresent(s -> byId.put(s.id(), new SeenCutover(s, entry.at())));
        }
        return List.copyOf(byId.values());
    }

    private LeftFiles files() throws IOException {
        List<String> first = new ArrayList<>();
        long differences = lines(state.differences(), first);
        return new LeftFiles(
                state.path().toString(),
                lines(state.rejectedRows(), new ArrayList<>()),
                lines(state.rejectedChanges(), new ArrayList<>()),
                differences,
                first);
    }

    /** Counts the lines of a file that may not be there, and keeps the first ones. */
    private static long lines(Path file, List<String> first) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.peek(
                            line -> {
                                if (first.size() < DIFFERENCES_SHOWN) {
                                    first.add(line);
                                }
                            })
                    .filter(line -> !line.isEmpty())
                    .count();
        }
    }
}
