package io.iotdbmigrate.cli;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.run.state.AtomicFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that a page goes to.
 *
 * @param option that names it
 * @param force whether one that exists is replaced
 */
record ReportFile(String option, Path path, boolean force) {

    /**
     * Checks that the file can be written, and leaves nothing behind.
     *
     * @throws UserException exit code 2, if it cannot
     */
    void check() {
        Path folder = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path)) {
            throw refused("which is a folder; name a file in it", null);
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw refused("which is no ordinary file; name another one", null);
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw refused("but there is no folder " + folder + "; make it, or name another", null);
        }
        if (Files.exists(path) && !force) {
            throw new UserException(
                    ExitCode.USAGE,
                    path
                            + " exists and is left alone; give another file with "
                            + option
                            + ", or replace it with --force");
        }
        try {
            Files.delete(Files.createTempFile(folder, ".report", ".tmp"));
        } catch (IOException e) {
            throw refused("which cannot be written (" + reason(e) + "); name another file", e);
        }
    }

    private UserException refused(String why, @Nullable Throwable cause) {
        return new UserException(ExitCode.USAGE, option + " is " + path + ", " + why, cause);
    }

    /**
     * Writes a page.
     *
     * @throws UserException exit code 2, if that is not possible
     */
    void write(String page) {
        check();
        try {
            AtomicFile.write(Files.exists(path) ? path.toRealPath() : path, page);
        } catch (IOException e) {
            throw refused("which cannot be written (" + reason(e) + ")", e);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        return failure instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : String.valueOf(failure.getMessage());
    }
}
