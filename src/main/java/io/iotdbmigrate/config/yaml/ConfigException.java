package io.iotdbmigrate.config.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** The config file is not usable. The message holds every problem, one a line. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    public ConfigException(String fileName, List<ConfigProblem> problems) {
        super(
                problems.stream()
                        .map(problem -> problem.describe(fileName))
                        .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns them in the order of the file, never empty. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
