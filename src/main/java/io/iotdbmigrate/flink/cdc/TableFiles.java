package io.iotdbmigrate.flink.cdc;

import io.iotdbmigrate.flink.cdc.CdcSpec.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.InstantiationUtil;

/** The files in which the jobs of a run note which tables they follow, and how. */
final class TableFiles {
    /** How a file ends that has the tables that a job has come to follow. */
    static final String TABLES = ".tables";

    private final String workDir;

    /**
     * @param workDir URI that every part of the cluster reaches
     */
    TableFiles(String workDir) {
        this.workDir = workDir;
    }

    private Path folder() {
        return new Path(workDir, "followed");
    }

    /** Returns the names of the files that begin and end so. */
    List<String> names(String begin, String end) throws IOException {
        Path folder = folder();
        FileSystem files = folder.getFileSystem();
        return files.exists(folder)
                ? Arrays.stream(files.listStatus(folder))
                        .map(status -> status.getPath().getName())
                        .filter(name -> name.startsWith(begin) && name.endsWith(end))
                        .toList()
                : List.of();
    }

    /** Returns when a file was written. */
    Instant written(String name) throws IOException {
        Path file = new Path(folder(), name);
        return Instant.ofEpochMilli(file.getFileSystem().getFileStatus(file).getModificationTime());
    }

    byte[] read(String name) throws IOException {
        Path path = new Path(folder(), name);
        try (FSDataInputStream in = path.getFileSystem().open(path)) {
            return in.readAllBytes();
        }
    }

    /**
     * Reads the tables in a file.
     *
     * @throws ClassNotFoundException if another version has written it
     * @throws java.io.ObjectStreamException if another version has written it
     */
    List<Table> tables(String name) throws IOException, ClassNotFoundException {
        ArrayList<Table> tables =
                InstantiationUtil.deserializeObject(read(name), CdcSpec.class.getClassLoader());
        return tables;
    }

    void write(String name, List<Table> tables) throws IOException {
        write(name, InstantiationUtil.serializeObject(new ArrayList<>(tables)));
    }

    /** Writes a file that is there as a whole, or not at all. */
    void write(String name, byte[] bytes) throws IOException {
        FileSystem files = folder().getFileSystem();
        Path whole = new Path(folder(), name);
        Path part = new Path(folder(), name + ".part");
        try (FSDataOutputStream out = files.create(part, FileSystem.WriteMode.OVERWRITE)) {
            out.write(bytes);
        }
        files.delete(whole, false);
        files.rename(part, whole);
    }

    void delete(String name) throws IOException {
        folder().getFileSystem().delete(new Path(folder(), name), false);
    }
}
