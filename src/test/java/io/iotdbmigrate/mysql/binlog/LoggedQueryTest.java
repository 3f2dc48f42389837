package io.iotdbmigrate.mysql.binlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class LoggedQueryTest {
    private static final String SQL = "TRUNCATE TABLE `%s`";

    /** Reads a statement as MySQL logs it, with the number of its client's character set. */
    private static QueryEventData read(String sql, Charset charset, int collation)
            throws IOException {
        ByteBuffer event = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        event.putInt(7).putInt(0).put((byte) 5).putShort((short) 0);
        event.putShort((short) 7).put((byte) 4);
        event.putShort((short) collation).putShort((short) collation).putShort((short) 8);
        event.put("plant".getBytes(UTF_8)).put((byte) 0).put(sql.getBytes(charset));
        byte[] bytes = new byte[event.position()];
        event.flip().get(bytes);
        return new LoggedQuery.Deserializer().deserialize(new ByteArrayInputStream(bytes));
    }

    @Test
    void readsTheTextInTheCharacterSetOfItsClient() throws IOException {
        String german = SQL.formatted("größe");
        String chinese = SQL.formatted("温度");
        assertThat(read(german, Charset.forName("windows-1252"), 8).getSql()).isEqualTo(german);
        assertThat(read(german, UTF_8, 255).getSql()).isEqualTo(german);
        assertThat(read(chinese, Charset.forName("GBK"), 28).getSql()).isEqualTo(chinese);
        assertThat(read(chinese, Charset.forName("GB18030"), 248).getSql()).isEqualTo(chinese);
        assertThat(read(german, UTF_8, 8).getDatabase()).isEqualTo("plant");
    }

    /** Such a client's names are taken as they are, and a newer server's sets are not known. */
    @Test
    void elseItIsUtf8() throws IOException {
        String sql = SQL.formatted("温度");
        assertThat(read(sql, UTF_8, 63).getSql()).isEqualTo(sql);
        assertThat(read(sql, UTF_8, 60_000).getSql()).isEqualTo(sql);
    }
}
