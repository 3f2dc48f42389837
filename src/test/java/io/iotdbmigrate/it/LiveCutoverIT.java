package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.iotdbmigrate.cutover.CutoverOptions;
import io.iotdbmigrate.cutover.CutoverReport;
import io.iotdbmigrate.cutover.Ending;
import io.iotdbmigrate.cutover.StepName;
import io.iotdbmigrate.testkit.CutoverScene;
import io.iotdbmigrate.testkit.Nobody;
import io.iotdbmigrate.testkit.Replication;
import io.iotdbmigrate.testkit.ServersExtension;
import io.iotdbmigrate.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Cutovers in this process, with a real replication and an application that writes. */
@ExtendWith(ServersExtension.class)
class LiveCutoverIT {
    private static final CutoverOptions EXECUTE = new CutoverOptions(false, true);

    @TempDir Path folder;
    private TestDatabase database;
    private CutoverScene scene;

    @BeforeEach
    void begin(TestDatabase own) throws Exception {
        database = own;
        scene = new CutoverScene(own, folder);
        scene.replicate();
        scene.verify();
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
    }

    private void assertUndone(CutoverReport report, String... why) throws Exception {
        assertThat(report.ending()).as(report.sentence()).isEqualTo(Ending.UNDONE);
        for (String words : why) {
            assertThat(report.sentence()).contains(words);
        }
        scene.assertNotSwitched();
        assertThat(scene.isFollowed()).isTrue();
    }

    @Test
    void whatDiffersIsFoundAndWhoEndsItHasItUndone() throws Exception {
        Nobody nobody = Nobody.whoEndsBehind(StepName.VERIFY);
        assertUndone(scene.cutover(null, nobody, cutover -> cutover.run(EXECUTE)));

        database.execute("INSERT INTO w (id, dev, ts, v, note) VALUES (1000000, 1, -5, 1, 'a')");
        scene.stopWriting();
        Replication.awaitAppliedSomewhere(scene.migration());
        database.executeInIotdb("INSERT INTO DB.w1 (time, v) ALIGNED VALUES (-5, 2.0)");
        assertUndone(
                scene.cutover(cutover -> cutover.run(EXECUTE)),
                "differ: w: 1 of the rows that were changed");

        scene.repair();
        database.executeInIotdb("DELETE FROM DB.w1.v WHERE time = -5");
        assertUndone(
                scene.cutover(cutover -> cutover.run(EXECUTE)),
                "differ: w: MySQL has",
                "values of v");

        scene.repair();
        CutoverReport done = scene.cutover(cutover -> cutover.run(EXECUTE));
        assertThat(done.ending()).as(done.sentence()).isEqualTo(Ending.SWITCHED);
        assertThat(scene.switched()).exists();
        scene.assertEqual();
    }
}
