package io.iotdbmigrate.init;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.config.MySqlConfig.Tls;
import io.iotdbmigrate.config.MySqlConfig.TlsMode;
import io.iotdbmigrate.config.yaml.NearestName;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableSchema;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.SchemaReader;
import io.iotdbmigrate.mysql.ServerTimeZone;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The draft: it reads a MySQL schema and drafts a config for it; changes nothing. */
public final class ConfigInit {
    /** What a database name in IoTDB may still take beside {@code root.}. */
    private static final int LONGEST_NAME = 59;

    private ConfigInit() {}

    /**
     * Drafts.
     *
     * @throws UserException exit code 4 if MySQL cannot be read or has none of the tables; 3 if
     *     none of them can become time series
     */
    public static ConfigDraft draft(ConfigRequest request) {
        MySqlConfig config =
                new MySqlConfig(
                        request.host(),
                        request.port(),
                        request.user(),
                        request.password(),
                        request.database(),
                        ZoneOffset.UTC,
                        new Tls(TlsMode.PREFERRED),
                        Map.of());
        try (Connection connection = MySqlConnections.open(config)) {
            SchemaReader reader = new SchemaReader(connection);
            String database = "root." + shortened(IotdbNames.plain(request.database()));
            IotdbNames names = new IotdbNames();
            List<TableGuess> guesses = new ArrayList<>();
            Set<String> views =
                    request.tables().isEmpty() ? reader.views(request.database()) : Set.of();
            List<TableSchema> schemas = schemas(reader, request);
            List<Shards> shards =
                    request.tables().isEmpty()
                            ? Shards.of(
                                    schemas.stream()
                                            .filter(s -> !views.contains(s.id().table()))
                                            .toList())
                            : List.of();
            for (TableSchema schema : schemas) {
                Optional<Shards> of = shards.stream().filter(s -> s.has(schema)).findFirst();
                if (of.isPresent()) {
                    if (of.get().tables().get(0).equals(schema)) {
                        guesses.add(
                                MappingGuess.of(
                                        of.get(), database + "." + names.next(of.get().name())));
                    }
                    continue;
                }
                if (views.contains(schema.id().table())) {
                    guesses.add(
                            new TableGuess.None(
                                    schema.id().table(),
                                    "it is a view, which backfill can copy and cdc cannot follow;"
                                            + " name it to have it"));
                    continue;
                }
                guesses.add(
                        MappingGuess.of(schema, database + "." + names.next(schema.id().table())));
            }
            return draft(request, zone(connection, request), database, guesses);
        } catch (SQLException e) {
            throw new UserException(
                    ExitCode.MYSQL,
                    "the tables of "
                            + request.database()
                            + " cannot be read ("
                            + e.getMessage()
                            + "); check that user "
                            + request.user()
                            + " may SELECT from them",
                    e);
        }
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static ConfigDraft draft(
            ConfigRequest request, Zone zone, String database, List<TableGuess> guesses) {
        List<String> mapped = new ArrayList<>();
        List<TableGuess.None> skipped = new ArrayList<>();
        for (TableGuess guess : guesses) {
            if (guess instanceof TableGuess.None none) {
                skipped.add(none);
            } else {
                mapped.add(guess.table());
            }
        }
        if (mapped.isEmpty()) {
            TableGuess.None first = skipped.get(0);
            throw new UserException(
                    ExitCode.CONFIG,
                    "no table of "
                            + request.database()
                            + " can become time series: of "
                            + first.table()
                            + ", "
                            + first.reason()
                            + (skipped.size() == 1
                                    ? ""
                                    : ", and " + (skipped.size() - 1) + " more are alike")
                            + "; name other tables or another database");
        }
        String yaml =
                new ConfigWriter()
                        .write(request, zone.name().getId(), zone.remark(), database, guesses);
        return new ConfigDraft(yaml, mapped, skipped);
    }

    private static List<TableSchema> schemas(SchemaReader reader, ConfigRequest request)
            throws SQLException {
        List<String> existing = reader.tables(request.database());
        List<TableSchema> schemas = new ArrayList<>();
        for (String table : request.tables().isEmpty() ? existing : request.tables()) {
            Optional<TableSchema> schema = reader.read(new TableId(request.database(), table));
            if (schema.isEmpty()) {
                throw new UserException(
                        ExitCode.MYSQL,
                        "database "
                                + request.database()
                                + " has no table "
                                + table
                                + "; "
                                + NearestName.find(table, existing)
                                        .map(nearest -> "did you mean " + nearest + "?")
                                        .orElse("name one of its tables"));
            }
            schemas.add(schema.get());
        }
        if (schemas.isEmpty()) {
            throw new UserException(
                    ExitCode.MYSQL,
                    "database "
                            + request.database()
                            + " has no tables that user "
                            + request.user()
                            + " may see; check its name and the grants");
        }
        return schemas;
    }

    private static Zone zone(Connection connection, ConfigRequest request) throws SQLException {
        if (request.zone() != null) {
            return new Zone(request.zone(), "the zone in which DATETIME columns were written");
        }
        return ServerTimeZone.own(connection)
                .map(zone -> new Zone(zone, "the server's own; DATETIME columns are read in it"))
                .orElseGet(
                        () ->
                                new Zone(
                                        ZoneOffset.UTC,
                                        "the server's own has no name known here; DATETIME columns"
                                                + " are read in this one"));
    }

    private record Zone(ZoneId name, String remark) {}
}
