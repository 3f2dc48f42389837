package io.iotdbmigrate.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What befalls a replication while the application goes on. */
enum Mishap {
    /** The tool is stopped with a savepoint and started again. */
    STOP,
    /** The installed tool is killed and started again. */
    KILL_TOOL,
    KILL_MYSQL,
    KILL_IOTDB;

    /** As many as wanted, each kind before any comes again; the order is by the seed. */
    static List<Mishap> series(long seed, int count) {
        Random random = new Random(seed);
        List<Mishap> series = new ArrayList<>();
        while (series.size() < count) {
            List<Mishap> round = new ArrayList<>(List.of(values()));
            Collections.shuffle(round, random);
            series.addAll(round);
        }
        return List.copyOf(series.subList(0, count));
    }
}
