package io.iotdbmigrate.flink.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Retained checkpoints on disk. */
public final class Checkpoints {
    private Checkpoints() {}

    /**
     * Returns the newest complete checkpoint of any job under a folder, {@code <folder>/<job
     * id>/chk-<n>}, or savepoint, {@code <folder>/savepoints/savepoint-<id>}.
     */
    public static Optional<String> newest(String folder) throws IOException {
        Path root = new Path(folder);
        FileSystem files = root.getFileSystem();
        List<FileStatus> complete = new ArrayList<>();
        for (FileStatus job : list(files, root)) {
            for (FileStatus checkpoint : list(files, job.getPath())) {
                Path metadata = new Path(checkpoint.getPath(), "_metadata");
                if (isOne(checkpoint.getPath().getName()) && files.exists(metadata)) {
                    complete.add(files.getFileStatus(metadata));
                }
            }
        }
        return complete.stream()
                .max(Comparator.comparingLong(FileStatus::getModificationTime))
                .map(s -> s.getPath().getParent().toString());
    }

    private static boolean isOne(String name) {
        return name.startsWith("chk-") || name.startsWith("savepoint-");
    }

    private static FileStatus[] list(FileSystem files, Path folder) throws IOException {
        if (!files.exists(folder) || !files.getFileStatus(folder).isDir()) {
            return new FileStatus[0];
        }
        return files.listStatus(folder);
    }
}
