package io.iotdbmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.model.ExitCode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --web} with addresses that are not served; {@code ReportIT} has the others. */
class WebOptionTest {
    private final CliRunner cli;

    WebOptionTest(@TempDir Path folder) {
        cli = new CliRunner(folder);
    }

    private String refused(String... more) {
        String[] args =
                Stream.concat(
                                Stream.of("status", "--config", cli.config.toString()),
                                Stream.of(more))
                        .toArray(String[]::new);
        return cli.run(args).exits(ExitCode.USAGE).err();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8090",
                "127.0.0.1",
                "127.0.0.1:x",
                "127.0.0.1:70000",
                "me@127.0.0.1:8090",
                "127.0.0.1:8090/path",
                "a b:1"
            })
    void anAddressIsHostAndPort(String address) {
        assertThat(refused("--watch", "--web", address))
                .contains("--web is " + address + ", but it must be host:port");
    }

    /** As from a variable that is not set. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "127.0.0.1:8090 "})
    void whatWouldNotBeSeenIsInQuotes(String address) {
        assertThat(refused("--watch", "--web", address))
                .startsWith(
                        "error: --web is \""
                                + address
                                + "\", but it must be host:port, for example 127.0.0.1:8090");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0:8090", "192.0.2.1:8090", "[::]:8090"})
    void otherMachinesReachItOnlyIfThatIsAllowed(String address) {
        assertThat(refused("--watch", "--web", address))
                .contains("--web is " + address + ", which other machines reach", "--web-open");
    }

    /** An address of documentation: no machine has it. */
    @Test
    void whatCannotBeListenedOnIsNamed() {
        assertThat(refused("--watch", "--web", "192.0.2.1:8090", "--web-open"))
                .contains("--web is 192.0.2.1:8090, which cannot be listened on (");
    }

    @Test
    void optionsThatMeanNothingAreRefused() {
        assertThat(refused("--web", "127.0.0.1:8090"))
                .contains("only means something with --watch");
        assertThat(refused("--watch", "--web-open")).contains("only means something with --web");
    }
}
