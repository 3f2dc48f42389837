package io.iotdbmigrate.random;

import java.util.stream.LongStream;

/**
 * How long the test is, by system properties: {@code iotdbmigrate.random.seed}, {@code .seeds} and
 * {@code .seconds}. The short form has always the same seed, so that its result says something of
 * the program alone; the long one, {@code iotdbmigrate.long}, takes others each time.
 *
 * @param seed the first one
 * @param seeds how many, one after the other
 * @param seconds for how long the application writes
 */
record RandomSettings(long seed, int seeds, int seconds) {
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
                Integer.getInteger(PREFIX + "seeds", longForm && !given ? 20 : 1),
                Integer.getInteger(PREFIX + "seconds", longForm ? LONG_SECONDS : SHORT_SECONDS));
    }

    LongStream all() {
        return LongStream.range(seed, seed + seeds);
    }

    /** The command that does the same again. */
    String again(long which) {
        boolean longForm = seconds == LONG_SECONDS;
        String length =
                longForm || seconds == SHORT_SECONDS
                        ? ""
                        : "MAVEN_ARGS=-D" + PREFIX + "seconds=" + seconds + " ";
        return length + "scripts/test " + (longForm ? "--long " : "") + "--seed " + which;
    }
}
