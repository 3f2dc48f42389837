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
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.iotdbmigrate.Main;
import io.iotdbmigrate.flink.cdc.binlog.TemporalConverter;
import io.iotdbmigrate.iotdb.Targets;
import io.iotdbmigrate.model.UserException;
import io.iotdbmigrate.testkit.Contents;
import io.iotdbmigrate.testkit.TestDatabase;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which package may know what; CONTRIBUTING.md has the list of packages. */
class ImportRulesTest {
    private static final String ROOT = "io.iotdbmigrate";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> !location.contains("/test-classes/"))
                    .importPackages(ROOT);
    private static final String[] FLINK = {"org.apache.flink..", "io.debezium.."};
    private static final String[] JDBC = {"java.sql..", "javax.sql..", "com.mysql.."};
    private static final String[] IOTDB = {
        "org.apache.iotdb..", "org.apache.tsfile..", "org.apache.thrift.."
    };

    /** The annotation by which Flink takes an exception for one that no restart mends. */
    private static final String ENDS_JOBS = "org.apache.flink.runtime.throwable..";

    private static final String[] ANNOTATIONS = {"java.lang..", "org.jspecify.."};

    @Test
    void modelKnowsJavaOnly() {
        ArchRule rule = knowsOnly("model", ENDS_JOBS);
        rule.check(CLASSES);
    }

    @Test
    void configKnowsYaml() {
        ArchRule rule = knowsOnly("config", "org.yaml.snakeyaml..");
        rule.check(CLASSES);
    }

    @Test
    void yamlKnowsNoSetting() {
        ArchRule rule = mustNotKnow("config.yaml", ROOT + ".config", in("config.where"));
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
    void onlyJobsAndTheRunsOfThemKnowFlink() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackages(in("flink"), in("run"))
                        .and()
                        .haveSimpleNameNotStartingWith("MySQLToIoTDB")
                        .and()
                        .doNotBelongToAnyOf(UserException.class)
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
    void onlyPagesKnowHtml() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("cli.report.html"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("j2html..");
        rule.check(CLASSES);
    }

    @Test
    void cliKnowsNoJobAndNoServer() {
        ArchRule rule =
                mustNotKnow(
                        "cli", in("flink"), in("plan"), in("mapping"), in("mysql"), in("iotdb"));
        rule.check(CLASSES);
    }

    @Test
    void jobsKnowNothingOfTheCommandsThatRunThem() {
        ArchRule rule = mustNotKnow("flink", in("run"), in("check"), in("init"), in("cutover"));
        rule.check(CLASSES);
    }

    @Test
    void serializersKnowNoJob() {
        ArchRule rule =
                mustNotKnow(
                        "flink.io",
                        in("flink.backfill"),
                        in("flink.cdc"),
                        in("flink.verify"),
                        in("flink.touched"));
        rule.check(CLASSES);
    }

    @Test
    void onlyTheFactoryOfTargetsKnowsTheModelsOfIotdb() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("iotdb.tree"))
                        .and()
                        .doNotBelongToAnyOf(Targets.class)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(in("iotdb.tree"));
        rule.check(CLASSES);
        ArchRule tables =
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("iotdb.table"))
                        .and()
                        .doNotBelongToAnyOf(Targets.class)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(in("iotdb.table"));
        tables.check(CLASSES);
    }

    @Test
    void theJournalKnowsNoJobAndNoCommand() {
        ArchRule rule = mustNotKnow("journal", in("flink"), in("run"), in("plan"), in("mysql"));
        rule.check(CLASSES);
    }

    @Test
    void aPlanKnowsNoJobAndNoCommand() {
        ArchRule rule = mustNotKnow("plan", in("flink"), in("run"), in("check"), in("journal"));
        rule.check(CLASSES);
    }

    @Test
    void noPackageHasMoreThanFiftyClasses() {
        Map<String, Long> sizes =
                CLASSES.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(c -> !c.getSimpleName().equals("package-info"))
                        .collect(groupingBy(JavaClass::getPackageName, TreeMap::new, counting()));

        assertThat(sizes).isNotEmpty().allSatisfy((name, size) -> assertThat(size).isLessThan(51));
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
