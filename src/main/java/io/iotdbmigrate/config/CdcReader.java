package io.iotdbmigrate.config;

import io.iotdbmigrate.config.CdcConfig.ServerIdRange;
import io.iotdbmigrate.config.CdcConfig.SpecificPosition;
import io.iotdbmigrate.config.CdcConfig.StartupMode;
import io.iotdbmigrate.config.yaml.Scalars;
import io.iotdbmigrate.config.yaml.YamlMap;
import io.iotdbmigrate.config.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code mysql.cdc}, except {@code server_time_zone}, which {@link ConnectionsReader} reads. */
final class CdcReader {
    static final String[] KEYS = {
        "startup_mode",
        "specific",
        "gtid_set",
        "timestamp",
        "server_id",
        "server_time_zone",
        "heartbeat_interval"
    };

    private static final Pattern SERVER_ID =
            Pattern.compile("(\\d{1,10})(?:\\s*-\\s*(\\d{1,10}))?");
    private static final Pattern GTID_SET =
            Pattern.compile("(\\s*[0-9a-fA-F-]{36}(:\\w+(-\\d+)?)+\\s*,?)+");
    private static final long MAX_SERVER_ID = Integer.MAX_VALUE;

    private final YamlMap cdc;

    CdcReader(YamlMap cdc) {
        this.cdc = cdc;
    }

    CdcConfig read() {
        StartupMode mode = cdc.choice("startup_mode", StartupMode.AUTO);
        SpecificPosition specific = specific();
        String gtidSet = cdc.text("gtid_set", "a GTID set");
        Instant timestamp = timestamp();
        switch (mode) {
            case SPECIFIC -> require(mode, "specific", "{file: mysql-bin.000003, pos: 4}");
            case GTID -> require(mode, "gtid_set", "the set as SHOW MASTER STATUS prints it");
            case TIMESTAMP -> require(mode, "timestamp", "a time such as 2026-11-22T00:00:00Z");
            case AUTO, INITIAL, LATEST, EARLIEST -> {}
        }
        if (mode == StartupMode.GTID && gtidSet != null && !GTID_SET.matcher(gtidSet).matches()) {
            cdc.problem(
                    "gtid_set",
                    "\""
                            + gtidSet
                            + "\" is not a GTID set; write it as"
                            + " 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5");
        }
        return new CdcConfig(
                mode,
                specific,
                gtidSet,
                timestamp,
                serverId(),
                cdc.duration("heartbeat_interval", Duration.ofSeconds(10), Duration.ofMillis(100)));
    }

    private void require(StartupMode mode, String key, String remedy) {
        if (!cdc.has(key)) {
            cdc.problem(
                    key,
                    "is missing, but startup_mode is "
                            + Scalars.lowerCase(mode)
                            + "; add "
                            + remedy);
        }
    }

    private @Nullable SpecificPosition specific() {
        if (!cdc.has("specific")) {
            return null;
        }
        YamlMap specific = cdc.section("specific", "file", "pos");
        if (!specific.has("pos")) {
            specific.problem("pos", "is missing; add the offset in the binlog file, such as 4");
        }
        return new SpecificPosition(
                specific.required("file", "the name of the binlog file, such as mysql-bin.000003"),
                specific.number("pos", 0, 0, Long.MAX_VALUE));
    }

    private @Nullable Instant timestamp() {
        YamlValue value = cdc.get("timestamp");
        String text = value == null ? null : value.text("a time such as 2026-11-22T00:00:00Z");
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return value.refuse(
                    "is not a time with an offset; write it as 2026-11-22T00:00:00Z or"
                            + " 2026-11-22T08:00:00+08:00");
        }
    }

    private @Nullable ServerIdRange serverId() {
        YamlValue value = cdc.get("server_id");
        String text = value == null ? null : value.text("a number or a range such as 5400-5404");
        if (text == null) {
            return null;
        }
        Matcher matcher = SERVER_ID.matcher(text);
        if (matcher.matches()) {
            long first = Long.parseLong(matcher.group(1));
            long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
            if (first >= 1 && first <= last && last <= MAX_SERVER_ID) {
                return new ServerIdRange(first, last);
            }
        }
        return value.refuse(
                "is not a server id that the MySQL CDC connector can take; write a number from 1 to "
                        + MAX_SERVER_ID
                        + " or a range such as 5400-5404");
    }
}
