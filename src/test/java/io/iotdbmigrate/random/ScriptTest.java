package io.iotdbmigrate.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final int UNITS = 3_000;

    private static List<String> statements(List<Unit> script) {
        return script.stream().flatMap(unit -> unit.statements().stream()).toList();
    }

    @Test
    void theSameSeedWritesTheSame() {
        assertThat(Script.of(7, UNITS)).isEqualTo(Script.of(7, UNITS));
        assertThat(Script.of(8, UNITS)).isNotEqualTo(Script.of(7, UNITS));
    }

    @Test
    void aLongerRunBeginsAsAShorterOne() {
        assertThat(Script.of(7, UNITS).subList(0, 100)).isEqualTo(Script.of(7, 100));
    }

    @Test
    void everyKindOfStatementComes() {
        String all = String.join("\n", statements(Script.of(1, UNITS)));

        assertThat(all)
                .contains("INSERT INTO u", "INSERT IGNORE INTO s", "REPLACE INTO u")
                .contains("ON DUPLICATE KEY UPDATE", "UPDATE u SET dev = ", "UPDATE s SET ts = ")
                .contains("UPDATE u SET id = ", "IS NULL ORDER BY id", "DELETE FROM s WHERE ts")
                .contains("UPDATE u SET ts = ts + ", "ts BETWEEN", "n = NULL, big = NULL")
                .contains("SAVEPOINT a", "ROLLBACK TO a", "ROLLBACK\n", "RELEASE SAVEPOINT b")
                .contains("XA START 'random-", "XA COMMIT", "XA ROLLBACK", " ONE PHASE")
                .contains("ADD COLUMN extra1", "DROP COLUMN extra", "FLUSH BINARY LOGS");
    }

    /** A unit that is done again after its connection was lost must be told by its number. */
    @Test
    void whatIsCommittedSaysSo() {
        List<Unit> script = Script.of(1, UNITS);

        for (int i = 0; i < UNITS; i++) {
            Unit unit = script.get(i);
            if (unit.statements().contains("COMMIT")) {
                assertThat(unit.statements())
                        .contains("UPDATE " + Schema.MARK + " SET unit = " + (i + 1));
                assertThat(unit.done()).endsWith(">= " + (i + 1));
            }
        }
    }

    @Test
    void eachMishapComesBeforeAnyComesAgain() {
        Set<Mishap> all = Arrays.stream(Mishap.values()).collect(Collectors.toSet());

        assertThat(Mishap.series(5, all.size())).containsExactlyInAnyOrderElementsOf(all);
        assertThat(Mishap.series(5, 9)).isEqualTo(Mishap.series(5, 9)).hasSize(9);
    }
}
