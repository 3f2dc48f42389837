package io.iotdbmigrate.flink.cdc.binlog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.CascadingKeys;
import io.iotdbmigrate.mysql.WaysIn;
import io.iotdbmigrate.mysql.binlog.BinlogStatement;
import io.iotdbmigrate.mysql.binlog.QueryStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ElsewhereWatchTest {
    private Optional<WaysIn.Way> way = Optional.empty();

    private final KnownTables known =
            new KnownTables() {
                @Override
                public boolean hasColumn(TableId table, String column) {
                    return true;
                }

                @Override
                public Map<String, String> generated(TableId table) {
                    return Map.of();
                }

                @Override
                public boolean isDefined(TableId table) {
                    return true;
                }

                @Override
                public boolean isUnfilled(TableId table) {
                    return false;
                }

                @Override
                public boolean isGone(TableId table) {
                    return false;
                }

                @Override
                public List<CascadingKeys.Key> cascades() {
                    return List.of();
                }

                @Override
                public Optional<WaysIn.Way> wayIn() {
                    return way;
                }
            };

    private final ElsewhereWatch watch =
            new ElsewhereWatch(List.of(new TableId("plant", "reading")), false, known);

    private void look(String sql) {
        watch.look(
                BinlogStatement.parse("other", sql), QueryStatus.UNKNOWN, sql, "binlog.000001:4");
    }

    @Test
    void aWayThatIsMadeAfterTheServerWasAskedCounts() {
        look("INSERT INTO log VALUES (1)");
        look("CREATE VIEW other.v AS SELECT * FROM plant.reading");

        assertThatThrownBy(() -> look("UPDATE other.v SET a = 1"))
                .hasMessageContaining("it may have changed mapped tables by what \"CREATE VIEW");
    }

    @Test
    void onlyWhatIsHiddenAsksForAGrant() {
        way = Optional.of(new WaysIn.Way("views are hidden", true));
        assertThatThrownBy(() -> look("INSERT INTO log VALUES (1)"))
                .hasMessageContaining("and views are hidden; ")
                .hasMessageContaining("GRANT SELECT, SHOW VIEW, TRIGGER ON *.* to the user")
                .hasMessageContaining("Have all sessions write rows");

        way = Optional.of(WaysIn.Way.by("the view other.v"));
        assertThatThrownBy(() -> look("INSERT INTO log VALUES (1)"))
                .hasMessageContaining("by the view other.v")
                .hasMessageContaining("Have all sessions write rows")
                .hasMessageNotContaining("GRANT");
    }

    @Test
    void withoutAWayItGoesOn() {
        assertThatCode(() -> look("INSERT INTO log VALUES (1)")).doesNotThrowAnyException();
        assertThatCode(() -> look("UPDATE log SET a = 1")).doesNotThrowAnyException();
    }
}
