package io.iotdbmigrate.cli;

import io.iotdbmigrate.cli.report.html.Origin;
import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --web}: what a command watches as a live page, too. */
final class WebMixin {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--web",
            paramLabel = "HOST:PORT",
            description =
                    "With --watch: show it in a browser, too, for example 127.0.0.1:8090; the"
                            + " page's full address is printed.")
    private @Nullable String address;

    @Option(
            names = "--web-open",
            description =
                    "With --web: allow an address that other machines reach. The page is not"
                            + " encrypted.")
    private boolean open;

    /**
     * Begins to serve, if that is wanted.
     *
     * @param watch whether there is anything to see
     * @throws UserException exit code 2, if the address is not allowed or not to be had
     */
    Optional<StatusPage> start(boolean watch, Origin origin) {
        if (address == null) {
            if (open) {
                throw usage("--web-open only means something with --web");
            }
            return Optional.empty();
        }
        if (!watch) {
            throw usage("--web only means something with --watch");
        }
        return Optional.of(new StatusPage(socket(), origin));
    }

    private InetSocketAddress socket() {
        URI uri;
        try {
            uri = URI.create("http://" + address);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        if (uri.getHost() == null
                || uri.getPort() < 0
                || uri.getPort() > 0xFFFF
                || !("http://" + address).equals("http://" + uri.getHost() + ":" + uri.getPort())) {
            throw malformed();
        }
        try {
            InetAddress host = InetAddress.getByName(uri.getHost());
            if (!host.isLoopbackAddress() && !open) {
                throw new UserException(
                        ExitCode.USAGE,
                        "--web is "
                                + address
                                + ", which other machines reach, and the page is not encrypted;"
                                + " name 127.0.0.1, or allow it with --web-open");
            }
            return new InetSocketAddress(host, uri.getPort());
        } catch (UnknownHostException e) {
            throw new UserException(
                    ExitCode.USAGE,
                    "--web is "
                            + address
                            + ", but its host is not known; name one that is, or 127.0.0.1",
                    e);
        }
    }

    private UserException malformed() {
        return new UserException(
                ExitCode.USAGE,
                "--web is " + seen() + ", but it must be host:port, for example 127.0.0.1:8090");
    }

    /** Returns what was given; in quotes if it would not be seen. */
    private String seen() {
        String given = String.valueOf(address);
        return given.strip().equals(given) && !given.isEmpty() ? given : "\"" + given + "\"";
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
