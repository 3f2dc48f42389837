package io.iotdbmigrate.cli;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The log file under the state folder. Until it is open nothing is logged: {@code log4j2.xml} says
 * so. Log4j itself is kept out of this class, so that {@code --help} need not load it.
 */
final class LogFile {
    private @Nullable Path file;

    /** Logs to {@code log/iotdb-migrate.log} from now on, five files of 10 MB. */
    void open(Path stateFolder) {
        Path log = stateFolder.resolve("log").resolve("iotdb-migrate.log");
        try {
            Files.createDirectories(log.getParent());
            Files.newOutputStream(
                            log,
                            java.nio.file.StandardOpenOption.CREATE,
                            java.nio.file.StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new UserException(
                    ExitCode.USAGE,
                    "the log file "
                            + log
                            + " cannot be written; give another folder with --state-dir",
                    e);
        }
        Logging.toFile(log);
        file = log;
    }

    /** Keeps a stack trace and says where: in the log file, or else in one of its own. */
    Path keep(Throwable bug) {
        if (file != null) {
            LoggerFactory.getLogger(LogFile.class).error("bug", bug);
            return file;
        }
        try {
            Path own = Files.createTempFile("iotdb-migrate-bug-", ".log");
            try (PrintWriter out = new PrintWriter(own.toFile(), StandardCharsets.UTF_8)) {
                bug.printStackTrace(out);
            }
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
