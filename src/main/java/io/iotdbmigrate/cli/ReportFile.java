package io.iotdbmigrate.cli;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that a page goes to.
 *
 * @param option that names it
 * @param force whether a page that exists is replaced; other files never are
 * @param config the config of the same command, which never is; null if it has none
 */
record ReportFile(String option, Path path, boolean force, @Nullable Path config) {
    /** How all pages begin. */
    private static final String PAGE = "<!DOCTYPE html>";

    /**
     * Checks that the file can be written, and leaves nothing behind.
     *
     * @throws UserException exit code 2, if it cannot
     */
    void check() {
        if (path.toString().isBlank()) {
            throw new UserException(
                    ExitCode.USAGE, option + " is \"" + path + "\", which names no file; name one");
        }
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
        if (isConfig()) {
            throw refused("which is the config; name another file", null);
        }
        if (Files.exists(path) && !force) {
            throw new UserException(
                    ExitCode.USAGE,
                    path
                            + " exists and is left alone; give another file with "
                            + option
                            + ", or replace it with --force");
        }
        if (Files.exists(path) && !isPage()) {
            throw refused("which is no page, so --force leaves it alone; name another file", null);
        }
        try {
            tryOut(place());
        } catch (IOException e) {
            throw refused(
                    "which cannot be written (" + WriteFailure.reason(e) + "); name another file",
                    e);
        }
    }

    /** Tells whether a file begins as pages do, or is empty: others are somebody's data. */
    private boolean isPage() {
        byte[] begin = PAGE.getBytes(StandardCharsets.US_ASCII);
        try (InputStream file = Files.newInputStream(path)) {
            byte[] first = file.readNBytes(begin.length);
            return first.length == 0 || Arrays.equals(first, begin);
        } catch (IOException e) {
            throw refused("which cannot be read (" + WriteFailure.reason(e) + ")", e);
        }
    }

    private boolean isConfig() {
        try {
            return config != null && Files.exists(config) && Files.isSameFile(path, config);
        } catch (IOException e) {
            return false; // it is not there
        }
    }

    /** Tries the very names that are to be written: one of them may be too long. */
    private static void tryOut(Path place) throws IOException {
        Path temporary = temporary(place);
        Files.writeString(temporary, "", StandardOpenOption.CREATE_NEW);
        Files.delete(temporary);
        if (!Files.exists(place)) {
            Files.writeString(place, "", StandardOpenOption.CREATE_NEW);
            Files.delete(place);
        }
    }

    private UserException refused(String why, @Nullable Throwable cause) {
        return new UserException(ExitCode.USAGE, option + " is " + path + ", " + why, cause);
    }

    /**
     * Writes a page, all of it or nothing.
     *
     * @throws UserException exit code 2, if that is not possible
     */
    void write(String page) {
        check();
        try {
            Path place = place();
            Path temporary = temporary(place);
            try {
                Files.writeString(temporary, page, StandardOpenOption.CREATE_NEW);
                Files.move(
                        temporary,
                        place,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw refused("which cannot be written (" + WriteFailure.reason(e) + ")", e);
        }
    }

    /** Returns where the file lies: a link stays one. */
    private Path place() throws IOException {
        return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    }

    /** Returns a name that no other file has, and no other process takes. */
    private static Path temporary(Path place) {
        return place.resolveSibling(".report-" + UUID.randomUUID() + ".tmp");
    }
}
