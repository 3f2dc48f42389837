package io.iotdbmigrate.random;

import java.util.ArrayList;
import java.util.List;

/** All that the application does, in order. The same seed gives the same beginning. */
final class Script {
    private Script() {}

    static List<Unit> of(long seed, int units) {
        Dice dice = new Dice(seed);
        Schema schema = new Schema();
        List<Unit> script = new ArrayList<>();
        for (int number = 1; number <= units; number++) {
            script.add(dice.weighted(List.of(UnitKind.values())).unit(schema, number, dice));
        }
        return List.copyOf(script);
    }
}
