package io.iotdbmigrate.config.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** A search for the name somebody probably meant. */
public final class NearestName {
    private NearestName() {}

    /**
     * Returns the known name with the fewest typing errors, if it is near enough to be worth
     * proposing.
     */
    public static Optional<String> find(String wanted, Collection<String> known) {
        int limit = Math.max(1, wanted.length() / 3);
        String nearest = null;
        int fewest = limit + 1;
        for (String candidate : known) {
            String a = normal(wanted);
            String b = normal(candidate);
            int errors =
                    isCutOff(a, b) || isCutOff(b, a) ? Math.min(limit, errors(a, b)) : errors(a, b);
            if (errors < fewest) {
                nearest = candidate;
                fewest = errors;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Returns what to do about an unknown name. */
    static String remedy(String wanted, Collection<String> known) {
        return find(wanted, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElseGet(() -> "allowed here: " + String.join(", ", known));
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * Tells whether a name begins another: a beginning says enough: {@code pass} for {@code
     * password}.
     */
    private static boolean isCutOff(String shorter, String longer) {
        return shorter.length() >= 3 && longer.startsWith(shorter);
    }

    /** Returns the edit distance where two swapped neighbours count once. */
    private static int errors(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] =
                        Math.min(
                                cost[i - 1][j - 1] + change,
                                1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
