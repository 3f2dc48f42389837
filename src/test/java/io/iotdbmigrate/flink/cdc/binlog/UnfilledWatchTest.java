package io.iotdbmigrate.flink.cdc.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import io.debezium.relational.Table;
import io.iotdbmigrate.model.TableId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnfilledWatchTest {
    private final UnfilledWatch watch =
            new UnfilledWatch(table -> false, UnfilledWatchTest::defined, List.of());

    private static Table defined(TableId table) {
        return Table.editor()
                .tableId(new io.debezium.relational.TableId(table.database(), null, table.table()))
                .create();
    }

    private void statement(String sql) {
        QueryEventData query = new QueryEventData();
        query.setDatabase("Plant");
        query.setSql(sql);
        watch.statement(query);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            CREATE TABLE x (a INT) | true
            CREATE TABLE IF NOT EXISTS x (a INT) | false
            CREATE TABLE x (a INT); ALTER TABLE x ADD INDEX (a) | true
            CREATE TABLE x (a INT); ALTER TABLE x IMPORT TABLESPACE | false
            CREATE TABLE x (a INT); ALTER TABLE p EXCHANGE PARTITION q WITH TABLE x | false
            CREATE TABLE x (a INT); INSERT INTO x VALUES (1) | false
            """)
    void knowsWhichTableHasNoRows(String statements, boolean unfilled) {
        for (String sql : statements.split(";", -1)) {
            statement(sql.strip());
        }
        assertThat(watch.has(new TableId("Plant", "x"))).isEqualTo(unfilled);
    }
}
