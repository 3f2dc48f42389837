package io.iotdbmigrate.run.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.iotdbmigrate.config.MigrationConfig;
import io.iotdbmigrate.iotdb.IotdbSessions;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcCourse;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.journal.CutoverEntries;
import io.iotdbmigrate.journal.Journal;
import io.iotdbmigrate.journal.VerifyJournal;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.history.MigrationHistory.Event;
import io.iotdbmigrate.run.history.MigrationHistory.LeftFiles;
import io.iotdbmigrate.run.history.MigrationHistory.SeenCutover;
import io.iotdbmigrate.run.state.LastCheck;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.verify.KindSpread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.iotdb.rpc.IoTDBConnectionException;

/** A run that reads what a migration left behind. It asks IoTDB only, and changes nothing. */
public final class HistoryRun {
    private static final int DIFFERENCES_SHOWN = 20;
    private static final JsonMapper JSON = new JsonMapper();

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
                    events(entries),
                    entries.stream().flatMap(e -> BackfillJournal.finished(e).stream()).toList(),
                    entries.stream().flatMap(e -> JournalSentences.verified(e).stream()).toList(),
                    cutovers(entries),
                    CdcJournal.read(journal),
                    CdcCourse.read(journal, now),
                    LastCheck.read(state),
                    files(),
                    now);
        }
    }

    /** Returns the entries in words; of some that say the same, a cutover's, the first. */
    static List<Event> events(List<Journal.Entry> entries) {
        List<Event> events = new ArrayList<>();
        Event last = null;
        for (Journal.Entry entry : entries) {
            Event event =
                    VerifyJournal.isRepair(entry)
                            ? JournalSentences.repair(
                                    entry,
                                    entries.stream().anyMatch(e -> VerifyJournal.ends(e, entry)))
                            : JournalSentences.event(entry);
            if (last == null
                    || CutoverEntries.of(entry).isEmpty()
                    || !last.what().equals(event.what())) {
                events.add(event);
            }
            last = event;
        }
        return List.copyOf(events);
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
        KindSpread<String> first = new KindSpread<>(DIFFERENCES_SHOWN);
        OptionalLong differences =
                lines(
                        state.differences(),
                        line -> {
                            JsonNode read = read(line);
                            first.add(
                                    read.path("kind").asText(), read.path("device").asText(), line);
                        });
        return new LeftFiles(
                state.path().toString(),
                Files.isDirectory(state.path()),
                lines(state.rejectedRows(), line -> {}),
                lines(state.rejectedChanges(), line -> {}),
                differences,
                first.items());
    }

    /** Reads a line; there is nothing in one that is cut off, as by a full disk. */
    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * Counts the lines of a file that may not be there, and hands each on. A full disk may have cut
     * a line within a character.
     */
    static OptionalLong lines(Path file, Consumer<String> each) throws IOException {
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        long count = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    each.accept(line);
                    count++;
                }
            }
        }
        return OptionalLong.of(count);
    }
}
