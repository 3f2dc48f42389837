package io.iotdbmigrate.init;

import io.iotdbmigrate.config.yaml.Secret;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a config is to be written for.
 *
 * @param password of MySQL; used to connect and never written
 * @param tables only these; empty means all of the database
 * @param zone in which DATETIME columns are to be read; null: the server's own
 * @param iotdbPasswordInEnvironment whether {@code IOTDB_PASSWORD} is set, and thus referred to
 * @param tableModel whether rows are to go to IoTDB's table model
 */
public record ConfigRequest(
        String host,
        int port,
        String user,
        Secret password,
        String database,
        List<String> tables,
        @Nullable ZoneId zone,
        String iotdbHost,
        int iotdbPort,
        String iotdbUser,
        boolean iotdbPasswordInEnvironment,
        boolean tableModel) {

    public ConfigRequest {
        tables = List.copyOf(tables);
    }
}
