package io.iotdbmigrate.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.iotdbmigrate.Main;
import io.iotdbmigrate.flink.cdc.binlog.TemporalConverter;
import io.iotdbmigrate.journal.BackfillJournal;
import io.iotdbmigrate.journal.CdcJournal;
import io.iotdbmigrate.model.ClusterAddress;
import io.iotdbmigrate.run.backfill.BackfillListener;
import io.iotdbmigrate.run.backfill.BackfillOutcome;
import io.iotdbmigrate.run.backfill.BackfillPlan;
import io.iotdbmigrate.run.backfill.BackfillProgress;
import io.iotdbmigrate.run.backfill.BackfillRun;
import io.iotdbmigrate.run.cdc.CdcListener;
import io.iotdbmigrate.run.cdc.CdcOutcome;
import io.iotdbmigrate.run.cdc.CdcProgress;
import io.iotdbmigrate.run.cdc.CdcRun;
import io.iotdbmigrate.run.state.RunningJob;
import io.iotdbmigrate.run.state.StateFolder;
import io.iotdbmigrate.run.status.MigrationStatus;
import io.iotdbmigrate.run.status.StoppedJob;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.TestDatabase;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Which package may know what; the table is in design.md, section 4. */
class ImportRulesTest {
    private static final String ROOT = "io.iotdbmigrate";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);
    private static final String[] FLINK = {"org.apache.flink..", "io.debezium.."};
    private static final String[] JDBC = {"java.sql..", "javax.sql..", "com.mysql.."};
    private static final String[] IOTDB = {
        "org.apache.iotdb..", "org.apache.tsfile..", "org.apache.thrift.."
    };
    private static final String[] ANNOTATIONS = {"java.lang..", "org.jspecify.."};

    /** No Flink type is in the signatures of these. */
    private static final DescribedPredicate<JavaClass> FACADE =
            belongToAnyOf(
                    BackfillRun.class,
                    BackfillListener.class,
                    BackfillPlan.class,
                    BackfillProgress.class,
                    BackfillOutcome.class,
                    ClusterAddress.class,
                    CdcListener.class,
                    CdcProgress.class,
                    CdcOutcome.class,
                    CdcRun.class,
                    StoppedJob.class,
                    CdcJournal.Applied.class,
                    BackfillJournal.Finished.class,
                    MigrationStatus.class,
                    RunningJob.class,
                    StateFolder.class);

    @Test
    void modelKnowsJavaOnly() {
        ArchRule rule = knowsOnly("model");
        rule.check(CLASSES);
    }

    @Test
    void configKnowsYaml() {
        ArchRule rule = knowsOnly("config", "org.yaml.snakeyaml..");
        rule.check(CLASSES);
    }

    @Test
    void mappingIsPure() {
        ArchRule rule = knowsOnly("mapping", in("model"), in("config"), "com.fasterxml.jackson..");
        rule.check(CLASSES);
    }

    @Test
    void mappingDoesNoInputOrOutput() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage(in("mapping"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.sql..", "java.net..", "java.nio.file..");
        rule.check(CLASSES);
    }

    @Test
    void onlyTheFlinkPackageAndTheEntryPointsOfJobsKnowFlink() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("flink"))
                        .and()
                        .haveSimpleNameNotStartingWith("MySQLToIoTDB")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(FLINK);
        rule.check(CLASSES);
    }

    @Test
    void cliKnowsNoJdbc() {
        ArchRule rule = mustNotKnow("cli", JDBC);
        rule.check(CLASSES);
    }

    @Test
    void cliKnowsNoIotdb() {
        ArchRule rule = mustNotKnow("cli", IOTDB);
        rule.check(CLASSES);
    }

    @Test
    void cliKnowsOnlyTheFacadeOfTheJobs() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage(in("cli"))
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                                in("flink"),
                                                in("mysql"),
                                                in("iotdb"),
                                                in("mapping"))
                                        .and(DescribedPredicate.not(FACADE)));
        rule.check(CLASSES);
    }

    @Test
    void mysqlKnowsNoIotdb() {
        ArchRule rule = mustNotKnow("mysql", IOTDB);
        rule.check(CLASSES);
    }

    @Test
    void iotdbKnowsNoJdbc() {
        ArchRule rule = mustNotKnow("iotdb", JDBC);
        rule.check(CLASSES);
    }

    @Test
    void verifyKnowsNoJdbc() {
        ArchRule rule = mustNotKnow("verify", JDBC);
        rule.check(CLASSES);
    }

    @Test
    void verifyKnowsNoIotdb() {
        ArchRule rule = mustNotKnow("verify", IOTDB);
        rule.check(CLASSES);
    }

    @Test
    void cutoverKnowsPortsOnly() {
        ArchRule rule = knowsOnly("cutover", in("model"), in("config"), "org.slf4j..");
        rule.check(CLASSES);
    }

    @Test
    void onlyTheCommandLineKnowsThePerson() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("cli"))
                        .and()
                        .doNotBelongToAnyOf(Main.class)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(in("cli"), "picocli..", "org.jline..");
        rule.check(CLASSES);
    }

    /** An expectation that shares code with the program would share its faults. */
    @Test
    void theExpectationOfTestsKnowsNothingOfTheProgram() {
        ArchRule rule =
                classes()
                        .that()
                        .resideInAPackage(in("testkit.truth"))
                        .should()
                        .onlyDependOnClassesThat(
                                resideInAPackage(in("testkit.truth"))
                                        .or(belongToAnyOf(Contents.class, TestDatabase.class))
                                        .or(resideInAnyPackage("java..", "org.yaml.snakeyaml..")));
        rule.check(new ClassFileImporter().importPackages(ROOT + ".testkit.truth"));
    }

    @Test
    void packagesHaveNoCycles() {
        ArchRule rule = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();
        rule.check(CLASSES);
    }

    @Test
    void nothingStaticChanges() {
        ArchRule rule =
                fields().that().areStatic().should().beFinal().because("two jobs may share a JVM");
        rule.check(CLASSES);
    }

    @Test
    void onlyMainEndsTheProcess() {
        ArchRule rule =
                noClasses()
                        .that()
                        .doNotBelongToAnyOf(Main.class)
                        .should()
                        .callMethodWhere(
                                calls("exit|halt", System.class)
                                        .or(calls("exit|halt", Runtime.class)));
        rule.check(CLASSES);
    }

    @Test
    void onlyMainKnowsTheStandardStreams() {
        ArchRule rule =
                noClasses()
                        .that()
                        .doNotBelongToAnyOf(Main.class)
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err");
        rule.check(CLASSES);
    }

    /** But one refuses to work in a zone that leaves out hours. */
    @Test
    void noZoneIsTakenFromTheMachine() {
        ArchRule rule =
                noClasses()
                        .that()
                        .doNotBelongToAnyOf(TemporalConverter.class)
                        .should()
                        .callMethodWhere(
                                calls("systemDefault", ZoneId.class)
                                        .or(calls("systemDefaultZone", Clock.class))
                                        .or(calls("now", LocalDate.class))
                                        .or(calls("now", LocalDateTime.class))
                                        .or(calls("now", ZonedDateTime.class))
                                        .or(calls("now", OffsetDateTime.class))
                                        .or(calls("getDefault", TimeZone.class))
                                        .or(calls("getInstance", Calendar.class)));
        rule.check(CLASSES);
    }

    private static String in(String name) {
        return ROOT + "." + name + "..";
    }

    private static ArchRule mustNotKnow(String name, String... packages) {
        return noClasses()
                .that()
                .resideInAPackage(in(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true);
    }

    /** Besides itself and Java. */
    private static ArchRule knowsOnly(String name, String... packages) {
        return classes()
                .that()
                .resideInAPackage(in(name))
                .should()
                .onlyDependOnClassesThat(
                        resideInAPackage(in(name))
                                .or(resideInAnyPackage("java.."))
                                .or(resideInAnyPackage(ANNOTATIONS))
                                .or(resideInAnyPackage(packages)))
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaCall<?>> calls(String method, Class<?> of) {
        return target(owner(belongToAnyOf(of))).and(target(nameMatching(method)));
    }
}
