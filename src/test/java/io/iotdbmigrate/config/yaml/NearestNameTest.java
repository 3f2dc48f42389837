package io.iotdbmigrate.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN =
            List.of("host", "port", "user", "password", "time_zone", "startup_mode");

    @ParameterizedTest
    @CsvSource({
        "hots,host",
        "prot,port",
        "usr,user",
        "username,user",
        "pass,password",
        "timeZone,time_zone",
        "time-zone,time_zone",
        "TIME_ZONE,time_zone",
        "startupmode,startup_mode"
    })
    void findsWhatWasMeant(String wanted, String nearest) {
        assertThat(NearestName.find(wanted, KNOWN)).contains(nearest);
    }

    @Test
    void prefersTheNameWithFewerErrorsToACutOffOne() {
        assertThat(
                        NearestName.find(
                                "trust_store_pasword",
                                List.of("trust_store", "trust_store_password")))
                .contains("trust_store_password");
    }

    @Test
    void proposesNothingThatIsFarAway() {
        assertThat(NearestName.find("colour", KNOWN)).isEmpty();
        assertThat(NearestName.find("x", KNOWN)).isEmpty();
        assertThat(NearestName.find("", KNOWN)).isEmpty();
    }
}
