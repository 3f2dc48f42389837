package io.iotdbmigrate.iotdb.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.iotdb.StoredDevice;
import io.iotdbmigrate.mapping.TagNaming;
import io.iotdbmigrate.mapping.TagNaming.Tag;
import io.iotdbmigrate.mapping.TagValues;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of the devices that the server lists are corrections. */
class TableDevicesTest {
    private static final Tag DEV = new Tag("dev", "dev", null, null);

    private static TagValues device(String... values) {
        return new TagValues("r", Arrays.asList(values));
    }

    @Test
    void correctionsAreInTheOrderOfTheirNumbers() {
        List<StoredDevice> found =
                TableDevices.of(
                        new TagNaming("r", List.of(DEV, TagNaming.VERSION)),
                        List.of(
                                device("a", "10"),
                                device(null, null),
                                device("a", "9"),
                                device("a", null),
                                device("b", "1"),
                                device("a", "x"),
                                device("c", "01")));

        assertThat(found)
                .containsExactly(
                        new StoredDevice("r('a', null)", List.of("r('a', '9')", "r('a', '10')")),
                        new StoredDevice("r(null, null)", List.of()),
                        new StoredDevice("r('b', null)", List.of("r('b', '1')")));
    }

    @Test
    void withoutThatTagEachDeviceIsItsOwn() {
        assertThat(
                        TableDevices.of(
                                new TagNaming("r", List.of(DEV)),
                                List.of(device("1"), device("2"))))
                .containsExactly(
                        new StoredDevice("r('1')", List.of()),
                        new StoredDevice("r('2')", List.of()));
    }
}
