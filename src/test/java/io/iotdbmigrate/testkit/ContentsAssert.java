package io.iotdbmigrate.testkit;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;

/** Says in which points contents differ; all of them would be more than fits into memory. */
public final class ContentsAssert extends AbstractAssert<ContentsAssert, Contents> {
    private static final int SHOWN = 20;

    ContentsAssert(Contents actual) {
        super(actual, ContentsAssert.class);
    }

    @Override
    public ContentsAssert isEqualTo(Object expected) {
        if (!actual.equals(expected)) {
            failWithMessage("%s", difference(actual.points(), ((Contents) expected).points()));
        }
        return this;
    }

    private static String difference(
            SortedMap<String, String> actual, SortedMap<String, String> expected) {
        TreeSet<String> differing = new TreeSet<>();
        for (Map.Entry<String, String> point : expected.entrySet()) {
            if (!point.getValue().equals(actual.get(point.getKey()))) {
                differing.add(point.getKey());
            }
        }
        for (String point : actual.keySet()) {
            if (!expected.containsKey(point)) {
                differing.add(point);
            }
        }
        StringBuilder text = new StringBuilder();
        text.append(
                "%,d points, expected %,d; %,d differ:"
                        .formatted(actual.size(), expected.size(), differing.size()));
        for (String point : differing.stream().limit(SHOWN).toList()) {
            text.append(
                    "%n  %s: %s, expected %s"
                            .formatted(point, actual.get(point), expected.get(point)));
        }
        return text.toString();
    }
}
