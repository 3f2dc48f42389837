package io.iotdbmigrate.flink.io;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.model.Chunk;
import io.iotdbmigrate.model.RejectedRow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Rejected rows as JSON lines, one file per chunk that had any. A chunk that is read again replaces
 * its file.
 */
public final class RejectedFiles {
    private final Path folder;
    private final JsonMapper json = new JsonMapper();

    public RejectedFiles(String workDir) {
        this.folder = new Path(workDir, "rejected");
    }

    public void write(Chunk chunk, List<RejectedRow> rows) throws IOException {
        if (!rows.isEmpty()) {
            write(chunk.id(), rows);
        }
    }

    /** Writes a file under a name that is the same when the same rows come again. */
    public void write(String name, List<RejectedRow> rows) throws IOException {
        Path path = new Path(folder, name + ".jsonl");
        FileSystem files = folder.getFileSystem();
        try (Writer out =
                new OutputStreamWriter(
                        files.create(path, FileSystem.WriteMode.OVERWRITE),
                        StandardCharsets.UTF_8)) {
            for (RejectedRow row : rows) {
                Map<String, String> line = new LinkedHashMap<>();
                line.put("table", row.table().toString());
                line.put("key", row.key());
                line.put("column", row.column());
                line.put("value", row.value());
                line.put("reason", row.reason());
                out.write(json.writeValueAsString(line));
                out.write('\n');
            }
        }
    }

    /** Returns the lines of files that were not known; from now on they are. */
    public List<String> news(Set<String> known) throws IOException {
        FileSystem files = folder.getFileSystem();
        List<String> lines = new ArrayList<>();
        if (!files.exists(folder)) {
            return lines;
        }
        for (FileStatus status : files.listStatus(folder)) {
            if (!known.contains(status.getPath().getName())) {
                try (FSDataInputStream in = files.open(status.getPath())) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    // Else it is still being written.
                    if (text.endsWith("\n")) {
                        known.add(status.getPath().getName());
                        text.lines().forEach(lines::add);
                    }
                }
            }
        }
        return lines;
    }

    /** Gathers the files of all chunks in one local file; leaves that alone if there are none. */
    public static void merge(String workDir, java.nio.file.Path to) throws IOException {
        Path folder = new Path(workDir, "rejected");
        FileSystem files = folder.getFileSystem();
        if (!files.exists(folder)) {
            return;
        }
        try (OutputStream out = Files.newOutputStream(to)) {
            for (FileStatus status : files.listStatus(folder)) {
                try (FSDataInputStream in = files.open(status.getPath())) {
                    in.transferTo(out);
                }
            }
        }
    }
}
