package io.iotdbmigrate.random;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * How long the test is, by system properties: {@code iotdbmigrate.random.seed}, {@code .seeds},
 * {@code .seconds} and {@code .model}, which is one of IoTDB's models, or both; {@code .server} is
 * how the source was asked for. The short form has always the same seed, so that its result says
 * something of the program alone; the long one, {@code iotdbmigrate.long}, takes others each time.
 *
 * @param seed the first one
 * @param seeds how many, one after the other
 * @param seconds for how long the application writes
 * @param models {@code tree}, {@code table} or both: both in the long form, {@code tree} in the
 *     short one
 */
record RandomSettings(long seed, int seeds, int seconds, List<String> models) {
    private static final String PREFIX = "iotdbmigrate.random.";
    private static final int LARGEST_SEED = 1_000_000;
    private static final int SHORT_SECONDS = 10;
    private static final int LONG_SECONDS = 60;

    static RandomSettings get() {
        boolean longForm = Boolean.getBoolean("iotdbmigrate.long");
        boolean given = System.getProperty(PREFIX + "seed") != null;
        return new RandomSettings(
                Long.getLong(
                        PREFIX + "seed", longForm ? System.currentTimeMillis() % LARGEST_SEED : 1),
                Integer.getInteger(PREFIX + "seeds", longForm && !given ? 10 : 1),
                Integer.getInteger(PREFIX + "seconds", longForm ? LONG_SECONDS : SHORT_SECONDS),
                List.of(
                        System.getProperty(PREFIX + "model", longForm ? "tree,table" : "tree")
                                .split(",")));
    }

    /** Each seed with each model. */
    Stream<Arguments> all() {
        return LongStream.range(seed, seed + seeds)
                .boxed()
                .flatMap(each -> models.stream().map(model -> Arguments.of(each, model)));
    }

    /** The command that does the same again. */
    String again(long which, String model) {
        boolean longForm = seconds == LONG_SECONDS;
        String length =
                longForm || seconds == SHORT_SECONDS ? "" : " -D" + PREFIX + "seconds=" + seconds;
        return "MAVEN_ARGS='-D"
                + PREFIX
                + "model="
                + model
                + length
                + "' scripts/test "
                + (longForm ? "--long " : "")
                + "--seed "
                + which
                + (" " + System.getProperty(PREFIX + "server", "")).stripTrailing();
    }
}
