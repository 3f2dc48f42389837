package io.iotdbmigrate.cli;

import io.iotdbmigrate.init.ConfigDraft;
import io.iotdbmigrate.init.ConfigRequest;
import io.iotdbmigrate.init.TableGuess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has one table that can be mapped and one that cannot, and remembers what it was asked. */
final class FakeDrafts implements DraftService {
    static final String YAML = "name: plant\n";

    @Nullable ConfigRequest request;

    @Override
    public ConfigDraft draft(ConfigRequest wanted) {
        request = wanted;
        return new ConfigDraft(
                YAML,
                List.of("ambience"),
                List.of(new TableGuess.None("users", "no column can be the time of a row")));
    }
}
