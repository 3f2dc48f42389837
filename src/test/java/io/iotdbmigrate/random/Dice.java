package io.iotdbmigrate.random;

import java.util.List;
import java.util.Random;

/** Decisions that follow from a seed alone: the same seed gives the same ones in the same order. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T among(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    final <T> T among(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Chooses one as often, against the others, as it weighs. */
    <T extends Weighted> T weighted(List<T> choices) {
        int left = random.nextInt(choices.stream().mapToInt(Weighted::weight).sum());
        for (T choice : choices) {
            left -= choice.weight();
            if (left < 0) {
                return choice;
            }
        }
        throw new IllegalStateException("the weights have changed meanwhile");
    }

    /** Something that is chosen more or less often. */
    interface Weighted {
        /** Its share of the sum of all; 0 is never. */
        int weight();
    }
}
