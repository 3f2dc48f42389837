package io.iotdbmigrate.flink.cluster;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The code of our jobs as a cluster wants it: {@code job/job.jar} of the installation. */
final class JobJar {
    private JobJar() {}

    /**
     * Returns the jar that belongs to the running program: beside {@code lib/}, or, in a build,
     * beside {@code classes/}.
     *
     * @throws UserException if the installation lacks it
     */
    static Path find() {
        Path code = whereWeAre();
        Path folder = Files.isDirectory(code) ? code : code.getParent();
        Path jar = folder.resolveSibling("job").resolve("job.jar");
        if (!Files.isRegularFile(jar)) {
            throw new UserException(
                    ExitCode.JOB_FAILED,
                    jar
                            + " is missing, without which no job can be sent to a cluster; install"
                            + " iotdb-migrate again, with its folders as they are in the archive");
        }
        return jar;
    }

    private static Path whereWeAre() {
        try {
            return Path.of(
                    JobJar.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
