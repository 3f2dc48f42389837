package io.iotdbmigrate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.KeyValue.Kind;
import org.junit.jupiter.api.Test;

class KeyValueTest {
    private static Column column(String charset, String collation) {
        return new Column(
                "k",
                new MySqlType(MySqlType.Kind.VARCHAR, 9, 0, false, "varchar(9)"),
                false,
                charset,
                collation);
    }

    @Test
    void writesConstantsThatNoQuoteCanEnd() {
        Column latin = column("latin1", "latin1_german1_ci");
        assertThat(new KeyValue(Kind.NUMBER, "-1.5").literal(latin)).isEqualTo("-1.5");
        assertThat(new KeyValue(Kind.BYTES, "00ff").literal(latin)).isEqualTo("x'00ff'");
        assertThat(new KeyValue(Kind.TEXT, "a'é").literal(latin))
                .isEqualTo("CONVERT(_utf8mb4 x'6127c3a9' USING latin1) COLLATE latin1_german1_ci");
        assertThat(new KeyValue(Kind.TEXT, "a").literal(column(null, null)))
                .isEqualTo("_utf8mb4 x'61'");
    }

    @Test
    void refusesWhatIsNoNumberAndNoHex() {
        assertThatThrownBy(() -> new KeyValue(Kind.NUMBER, "1; DROP TABLE t"))
                .isInstanceOf(NumberFormatException.class);
        assertThatThrownBy(() -> new KeyValue(Kind.BYTES, "zz"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
