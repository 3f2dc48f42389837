package io.iotdbmigrate.mysql.rows;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.MappingConfig.TimestampUnit;
import io.iotdbmigrate.mapping.MappingBuilder;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.TimePrecision;
import io.iotdbmigrate.mysql.rows.RangePartitions.Range;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions are as MySQL 8.0.33 printed them; the mapping's zone is eight hours before UTC. */
class RangePartitionsTest {
    private static TableMapping mapping(String type) {
        MappingBuilder builder = new MappingBuilder("root.plant.{dev}", "ts").measurement("a");
        if (type.equals("bigint")) {
            builder.unit(TimestampUnit.S);
        }
        return builder.plan(
                TimePrecision.MS, column("dev", "int"), column("ts", type), column("a", "int"));
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    @Test
    void readsDays() {
        String printed =
                """
                CREATE TABLE `a` (
                  `dev` int NOT NULL,
                  `ts` datetime(3) NOT NULL,
                  PRIMARY KEY (`dev`,`ts`)
                ) ENGINE=InnoDB
                /*!50100 PARTITION BY RANGE (to_days(`ts`))
                (PARTITION P20260101 VALUES LESS THAN (739983) ENGINE = InnoDB,
                 PARTITION `odd ``name` VALUES LESS THAN (739984) COMMENT = 'x' ENGINE = InnoDB,
                 PARTITION pmax VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */""";

        assertThat(RangePartitions.of(mapping("datetime(3)"), printed))
                .contains(
                        Map.of(
                                "p20260101",
                                new Range(Long.MIN_VALUE, ms("2026-01-01T16:00:00Z") - 1),
                                "odd `name",
                                new Range(
                                        ms("2026-01-01T16:00:00Z"), ms("2026-01-02T16:00:00Z") - 1),
                                "pmax",
                                new Range(ms("2026-01-02T16:00:00Z"), Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            datetime     | RANGE  COLUMNS(ts)          | '2026-01-02'          | 2026-01-01T16:00:00Z
            datetime     | RANGE  COLUMNS(ts)          | '2026-01-03 12:00:00' | 2026-01-03T04:00:00Z
            date         | RANGE  COLUMNS(ts)          | '2026-01-02'          | 2026-01-01T16:00:00Z
            timestamp    | RANGE (unix_timestamp(`ts`)) | 1767312000            | 2026-01-02T00:00:00Z
            datetime     | RANGE (year(`ts`))          | 2026                  | 2025-12-31T16:00:00Z
            datetime     | RANGE (to_seconds(`ts`))    | 63934552800           | 2026-01-01T22:00:00Z
            bigint       | RANGE (`ts`)                | 1000                  | 1970-01-01T00:16:40Z
            """)
    void readsTheBound(String type, String by, String bound, String end) {
        String printed =
                "CREATE TABLE `a` (x)\n/*!50100 PARTITION BY "
                        + by
                        + "\nSUBPARTITION BY HASH (`dev`)\nSUBPARTITIONS 2"
                        + "\n(PARTITION p0 VALUES LESS THAN ("
                        + bound.replace("''", "'")
                        + ") ENGINE = InnoDB,\n PARTITION p1 VALUES LESS THAN (MAXVALUE) ENGINE ="
                        + " InnoDB) */";

        assertThat(RangePartitions.of(mapping(type), printed))
                .contains(
                        Map.of(
                                "p0",
                                new Range(Long.MIN_VALUE, ms(end) - 1),
                                "p1",
                                new Range(ms(end), Long.MAX_VALUE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/*!50100 PARTITION BY RANGE (`dev`)\n(PARTITION p0 VALUES LESS THAN (1) ENGINE = X) */",
                "/*!50100 PARTITION BY RANGE (month(`ts`))\n(PARTITION p0 VALUES LESS THAN (1) ENGINE = X) */",
                "/*!50100 PARTITION BY LIST (`ts`)\n(PARTITION p0 VALUES IN (1) ENGINE = X) */",
                "/*!50500 PARTITION BY RANGE  COLUMNS(ts,dev)\n(PARTITION p0 VALUES LESS THAN ('2026-01-01',1) ENGINE = X) */",
                "/*!50500 PARTITION BY KEY (dev)\nPARTITIONS 4 */"
            })
    void whatIsNoRangeOfTheTimeIsNotKnown(String partitions) {
        assertThat(RangePartitions.of(mapping("datetime"), "CREATE TABLE `a` (x)\n" + partitions))
                .isEmpty();
    }
}
