package io.iotdbmigrate.flink.cdc.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.shyiko.mysql.binlog.event.ByteArrayEventData;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events as MariaDB 10.11.18 wrote them, behind the number of the transaction. */
class MariaDbGtidTest {
    private static final String NUMBER = "010000000000000000000000";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    an insert                | 0c000000000000                     | false | false | ""
                    CREATE TABLE             | 29000000000000                     | true  | false | ""
                    ALTER TABLE begins       | 29020000000000                     | true  | true  | ""
                    ALTER TABLE is done      | 29042101000000000000               | true  | false | ""
                    ALTER TABLE has failed   | 29082801000000000000               | true  | true  | ""
                    XA START                 | 400700000001016162                 | false | false | X'61',X'62',7
                    XA START in a group      | 42010000000000000007000000010061   | false | false | X'61',X'',7
                    """)
    void tellsWhatFollows(
            String what, String bytes, boolean standalone, boolean undecided, String xid) {
        ByteArrayEventData event = new ByteArrayEventData();
        event.setData(HexFormat.of().parseHex(NUMBER + bytes));
        assertThat(MariaDbGtid.of(event))
                .as(what)
                .isEqualTo(new MariaDbGtid(standalone, undecided, xid));
    }
}
