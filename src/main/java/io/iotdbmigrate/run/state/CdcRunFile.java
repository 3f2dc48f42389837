package io.iotdbmigrate.run.state;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.iotdbmigrate.mapping.MappingFingerprints;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a replication leaves behind so that the next one goes on with it.
 *
 * @param runId names the folder of its checkpoints
 * @param backfill run of the backfill that it followed, null if it began otherwise
 * @param shapes of its mappings, see {@link MappingFingerprints}
 */
public record CdcRunFile(
        @JsonProperty("run") String runId, @Nullable String backfill, Map<String, String> shapes) {
    public CdcRunFile {
        shapes = Map.copyOf(shapes);
    }

    /** Reads it from its file; empty if there is none. */
    public static Optional<CdcRunFile> read(Path file) throws IOException {
        return StateFile.read(file, CdcRunFile.class);
    }

    public void write(Path file) throws IOException {
        StateFile.write(file, this);
    }
}
