package io.iotdbmigrate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.file.metadata.enums.CompressionType;
import org.apache.tsfile.file.metadata.enums.TSEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Compares the tables with those of the IoTDB client on the class path. */
class SeriesTypesTest {
    static final List<String> TYPES = SeriesTypes.TYPES;

    @ParameterizedTest
    @FieldSource("TYPES")
    void allowsForATypeWhatIotdbAllows(String type) {
        assertThat(SeriesTypes.encodingsOf(type))
                .containsExactlyInAnyOrderElementsOf(
                        SeriesTypes.ENCODINGS.stream()
                                .filter(
                                        encoding ->
                                                TSEncoding.isSupported(
                                                        TSDataType.valueOf(type),
                                                        TSEncoding.valueOf(encoding)))
                                .toList());
    }

    @Test
    void knowsTheCompressionsOfIotdb() {
        assertThat(SeriesTypes.COMPRESSIONS)
                .containsExactlyElementsOf(
                        Arrays.stream(CompressionType.values()).map(Enum::name).toList());
    }

    @Test
    void knowsThatNoTypeHasFreq() {
        assertThat(SeriesTypes.isOfAnyType("FREQ")).isFalse();
        assertThat(SeriesTypes.isOfAnyType("DICTIONARY")).isTrue();
    }
}
