package io.iotdbmigrate.cli;

import io.iotdbmigrate.config.yaml.Secret;
import io.iotdbmigrate.init.ConfigDraft;
import io.iotdbmigrate.init.ConfigRequest;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code iotdb-migrate init}. */
@Command(
        name = "init",
        header = "Writes a first config file from the tables of a MySQL database.",
        description = {
            "",
            "Guesses the time and the device of each table from its keys, types and names, and"
                    + " marks with \"look\" what a person should decide. Changes nothing in MySQL. The"
                    + " file refers to the password as $${env:MYSQL_PASSWORD} and does not hold it.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  MYSQL_PASSWORD=... iotdb-migrate init --host db --user migrator --database plant -o"
                    + " plant.yml",
            "  iotdb-migrate init --user root --password --database plant --tables readings"
        })
final class InitCommand implements Callable<Integer> {
    private static final String PASSWORD = "MYSQL_PASSWORD";

    private final DraftService drafts;
    private final CliEnvironment surroundings;

    @Spec private CommandSpec spec;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Of MySQL (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "3306",
            description = "Of MySQL (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--user", paramLabel = "USER", required = true, description = "Of MySQL.")
    private String user;

    @Option(
            names = "--password",
            interactive = true,
            arity = "0",
            prompt = "password of MySQL: ",
            description = "Ask for MySQL's password; otherwise it is that in " + PASSWORD + ".")
    private char @Nullable [] password;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            required = true,
            description = "The MySQL database whose tables are to be moved.")
    private String database;

    @Option(
            names = {"-t", "--tables"},
            paramLabel = "NAME",
            arity = "1..*",
            description = "Only these tables (default: all of the database).")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            converter = Zones.class,
            description =
                    "In which DATETIME columns were written, such as Asia/Hong_Kong (default: the"
                            + " server's own).")
    private @Nullable ZoneId zone;

    @Option(
            names = "--iotdb-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Of IoTDB, only written into the file (default: ${DEFAULT-VALUE}).")
    private String iotdbHost;

    @Option(
            names = "--iotdb-port",
            paramLabel = "PORT",
            defaultValue = "6667",
            description = "Of IoTDB, only written into the file (default: ${DEFAULT-VALUE}).")
    private int iotdbPort;

    @Option(
            names = "--iotdb-user",
            paramLabel = "USER",
            defaultValue = "root",
            description = "Of IoTDB, only written into the file (default: ${DEFAULT-VALUE}).")
    private String iotdbUser;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "tree",
            description =
                    "Of IoTDB that rows are to go to, tree or table (default: ${DEFAULT-VALUE}).")
    private Model model;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write; it must not exist (default: to stdout).")
    private @Nullable Path file;

    /** IoTDB's two models. */
    private enum Model {
        TREE,
        TABLE
    }

    InitCommand(DraftService drafts, CliEnvironment surroundings) {
        this.drafts = drafts;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Path target = file;
        if (target != null && Files.exists(target)) {
            throw exists(target, null);
        }
        ConfigDraft draft =
                drafts.draft(
                        new ConfigRequest(
                                host,
                                port,
                                user,
                                password(),
                                database,
                                tables,
                                zone,
                                iotdbHost,
                                iotdbPort,
                                iotdbUser,
                                surroundings.environment().containsKey("IOTDB_PASSWORD"),
                                model == Model.TABLE));
        for (var skipped : draft.skipped()) {
            surroundings.err().println("left out " + skipped.table() + ": " + skipped.reason());
        }
        if (target == null) {
            surroundings.out().print(draft.yaml());
        } else {
            write(target, draft.yaml());
            surroundings.out().println(report(draft, target));
        }
        return ExitCode.DONE.code();
    }

    private Secret password() {
        if (password != null) {
            return new Secret(new String(password));
        }
        String value = surroundings.environment().get(PASSWORD);
        if (value == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "MySQL's password is missing; set the environment variable "
                            + PASSWORD
                            + ", or give --password to be asked for it");
        }
        return new Secret(value);
    }

    private String report(ConfigDraft draft, Path target) {
        int mapped = draft.mapped().size();
        return "wrote "
                + target
                + " with "
                + (mapped == 1 ? "1 table" : mapped + " tables")
                + "; read what is marked \"look\""
                + (surroundings.environment().containsKey(PASSWORD) ? "" : ", set " + PASSWORD)
                + ", then: iotdb-migrate check --config "
                + ShellWord.quote(target.toString());
    }

    private static void write(Path target, String yaml) {
        try {
            Files.writeString(target, yaml, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw exists(target, e);
        } catch (IOException e) {
            throw new UserException(
                    ExitCode.USAGE,
                    target + " cannot be written; give another file with --output",
                    e);
        }
    }

    private static UserException exists(Path target, @Nullable Throwable cause) {
        return new UserException(
                ExitCode.USAGE,
                target + " exists and is left alone; give another file with --output",
                cause);
    }

    /** Region names and offsets. */
    static final class Zones implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String value) {
            try {
                return ZoneId.of(value);
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + value + "' is no time zone; write a region such as Asia/Hong_Kong");
            }
        }
    }
}
