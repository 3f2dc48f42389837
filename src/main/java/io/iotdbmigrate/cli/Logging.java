package io.iotdbmigrate.cli;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The set-up of Log4j. */
final class Logging {
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC} %-5p [%t] %c{1.} - %m%n%throwable";

    private Logging() {}

    /**
     * Sends what is logged to a file: everything from INFO on goes to this file and to four older
     * ones of 10 MB each.
     */
    static void toFile(Path file) {
        SilentLog.remove();
        ConfigurationBuilder<BuiltConfiguration> builder =
                ConfigurationBuilderFactory.newConfigurationBuilder();
        AppenderComponentBuilder rolling =
                builder.newAppender("file", "RollingFile")
                        .addAttribute("fileName", file.toString())
                        .addAttribute("filePattern", file + ".%i")
                        .add(builder.newLayout("PatternLayout").addAttribute("pattern", PATTERN))
                        .addComponent(
                                builder.newComponent("SizeBasedTriggeringPolicy")
                                        .addAttribute("size", "10 MB"))
                        .addComponent(
                                builder.newComponent("DefaultRolloverStrategy")
                                        .addAttribute("max", 4));
        BuiltConfiguration configuration =
                builder.setStatusLevel(Level.OFF)
                        .setShutdownHook("disable")
                        .add(rolling)
                        .add(builder.newRootLogger(Level.INFO).add(builder.newAppenderRef("file")))
                        .build(false);
        // The first does nothing if Log4j has been started already, as in tests.
        if (Configurator.initialize(configuration).getConfiguration() != configuration) {
            Configurator.reconfigure(configuration);
        }
        // The binlog client logs with what Java brings along, by default onto the terminal.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
