package io.iotdbmigrate.mysql.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryStatusTest {
    private static QueryStatus of(String hex) {
        return QueryStatus.of(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /**
     * As MySQL 8.0.33 wrote them: flags, sql_mode, catalog, character set, databases, microseconds.
     */
    @Test
    void readsDatabasesAndMode() {
        String before = "00 00000000 01 %s 06 03 737464 04 ff00ff00ff00 ";
        String behind = "0c 02 706c616e7400 6f7468657200 0d 010203 ";
        QueryStatus strict = of(before.formatted("0000200000000000") + behind);
        assertThat(strict).isEqualTo(new QueryStatus(Set.of("plant", "other"), false, false, 255));
        assertThat(strict.changed("Plant")).isTrue();
        assertThat(strict.changed("third")).isFalse();
        assertThat(of(before.formatted("0000000000000000") + behind).lenient()).isTrue();
    }

    @Test
    void tooManyDatabasesMayBeAny() {
        assertThat(of("0c fe").changed("plant")).isTrue();
    }

    @Test
    void readsUpToWhatItDoesNotKnow() {
        assertThat(of("0b 01 61 02 6263 0c 01 6400 80 010203"))
                .isEqualTo(new QueryStatus(Set.of("d"), false, false, 0));
        assertThat(of("")).isEqualTo(QueryStatus.UNKNOWN);
    }
}
