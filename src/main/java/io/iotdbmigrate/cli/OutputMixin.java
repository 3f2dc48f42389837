package io.iotdbmigrate.cli;

import picocli.CommandLine.Option;

/** {@code --output}. */
final class OutputMixin {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Form of the result on stdout (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    /** For people or for scripts. */
    enum Format {
        TEXT,
        JSON
    }

    boolean isJson() {
        return format == Format.JSON;
    }
}
