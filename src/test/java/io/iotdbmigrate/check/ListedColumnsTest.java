package io.iotdbmigrate.check;

import static io.iotdbmigrate.mapping.Columns.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.config.TableConfig;
import io.iotdbmigrate.config.TableConfig.ColumnConfig;
import io.iotdbmigrate.mapping.Columns;
import io.iotdbmigrate.model.Finding;
import io.iotdbmigrate.model.Finding.Severity;
import io.iotdbmigrate.model.TableSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListedColumnsTest {
    private static final TableSchema SCHEMA =
            Columns.table(
                    column("id", "bigint"),
                    column("at", "datetime(3)"),
                    column("ok", "tinyint(1)"));

    private static List<Finding> compare(ColumnConfig... columns) {
        return ListedColumns.compare(new TableConfig("reading", List.of(columns)), SCHEMA);
    }

    @Test
    void isContentWithWhatTheTableHas() {
        List<Finding> findings =
                compare(
                        new ColumnConfig("ID", "BIGINT(20)", true, true),
                        new ColumnConfig("at", "DATETIME(3)", false, false),
                        new ColumnConfig("ok", "BOOL", false, false));
        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.OK);
    }

    @Test
    void warnsOfEveryDifference() {
        List<Finding> findings =
                compare(
                        new ColumnConfig("idd", "BIGINT", true, true),
                        new ColumnConfig("at", "DATETIME", true, false));
        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.WARNING);
        assertThat(findings)
                .extracting(Finding::sentence)
                .satisfiesExactly(
                        s -> assertThat(s).contains("reading.idd", "did you mean id?"),
                        s -> assertThat(s).contains("listed as DATETIME and is DATETIME(3)"),
                        s -> assertThat(s).contains("reading.at", "primary key is id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    INT              | int
                    int(11)          | int
                    INTEGER          | int
                    INT(10) UNSIGNED | int unsigned
                    int(5) unsigned zerofill | int unsigned
                    BOOL             | tinyint(1)
                    BOOLEAN          | tinyint(1)
                    TINYINT          | tinyint(1)
                    DECIMAL(10, 2)   | decimal(10,2)
                    NUMERIC(10)      | decimal(10,0)
                    DECIMAL          | decimal(10,0)
                    DATETIME(0)      | datetime
                    DOUBLE PRECISION | double
                    VARCHAR( 20 )    | varchar(20)
                    CHAR             | char(1)
                    BIT              | bit(1)
                    YEAR(4)          | year
                    """)
    void knowsTwoWritingsOfOneType(String listed, String live) {
        assertThat(ListedColumns.normal(listed)).isEqualTo(ListedColumns.normal(live));
    }

    @ParameterizedTest
    @CsvSource({
        "INT, BIGINT",
        "INT, INT UNSIGNED",
        "DATETIME, DATETIME(3)",
        "VARCHAR(20), VARCHAR(21)",
        "'DECIMAL(10,2)', 'DECIMAL(10,3)'",
        "BIT(1), BIT(8)",
        "DATETIME, TIMESTAMP"
    })
    void tellsDifferentTypesApart(String listed, String live) {
        assertThat(ListedColumns.normal(listed)).isNotEqualTo(ListedColumns.normal(live));
    }
}
