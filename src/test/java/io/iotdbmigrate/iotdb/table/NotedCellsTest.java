package io.iotdbmigrate.iotdb.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values as a note has them. */
class NotedCellsTest {
    private static Object value(TargetType type, int number) {
        return switch (type) {
            case BOOLEAN -> number % 2 == 0;
            case INT32 -> Integer.MIN_VALUE + number;
            case INT64, TIMESTAMP -> Long.MIN_VALUE + number;
            case FLOAT -> number / 3f;
            case DOUBLE -> -number / 3.0;
            case TEXT, STRING, BLOB -> new byte[] {0, -1, (byte) number};
            case DATE -> LocalDate.of(1000 + number, 2, 3);
        };
    }

    @ParameterizedTest
    @EnumSource
    void comeBackAsTheyWere(TargetType type) throws IOException {
        List<TargetRow> cells = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            cells.add(
                    new TargetRow(
                            Device.of("r('it''s 温', 'n" + i + "')"),
                            i - 25,
                            new Object[] {value(type, i)}));
        }

        List<byte[]> parts = NotedCells.parts(type, cells, 300);

        assertThat(parts).hasSizeGreaterThan(4).allMatch(part -> part.length <= 300);
        List<TargetRow> read = new ArrayList<>();
        for (byte[] part : parts) {
            read.addAll(NotedCells.of(type, part));
        }
        assertThat(read).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(read.get(i).device()).isEqualTo(cells.get(i).device());
            assertThat(read.get(i).time()).isEqualTo(i - 25);
            assertThat(read.get(i).values()).isEqualTo(cells.get(i).values());
        }
    }

    @Test
    void aLongerValueIsAPartOfItsOwn() {
        TargetRow large = new TargetRow(Device.of("r('x', 'a')"), 1, new Object[] {new byte[500]});

        assertThat(NotedCells.parts(TargetType.TEXT, List.of(large, large), 100)).hasSize(2);
    }

    @Test
    void aPartThatIsCutOffIsRefused() {
        TargetRow cell = new TargetRow(Device.of("r('x', 'a')"), 1, new Object[] {new byte[] {7}});
        byte[] part = NotedCells.parts(TargetType.TEXT, List.of(cell), 100).get(0);

        assertThatThrownBy(
                        () -> NotedCells.of(TargetType.TEXT, Arrays.copyOf(part, part.length - 1)))
                .isInstanceOf(IOException.class);
    }
}
