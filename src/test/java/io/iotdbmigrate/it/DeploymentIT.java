package io.iotdbmigrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.iotdbmigrate.config.ConfigLoader;
import io.iotdbmigrate.flink.backfill.BackfillMetrics;
import io.iotdbmigrate.flink.backfill.SinkMetrics;
import io.iotdbmigrate.flink.cdc.CdcMetrics;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The files for Docker, Kubernetes and releases, as far as a machine without them can tell. */
class DeploymentIT {
    private static final Path HOME = Path.of(System.getProperty("dist.home"));
    private static final Pattern JOB_CLASS = Pattern.compile("io\\.iotdbmigrate\\.\\w+");
    private static final Pattern METRIC = Pattern.compile("flink_\\w+");
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
    private static final Pattern INSTALLED = Pattern.compile("/opt/iotdb-migrate/([\\w./-]+)");
    private static final Map<String, Class<?>> SCHEMAS =
            Map.of(
                    "v1 Secret", V1Secret.class,
                    "v1 ConfigMap", V1ConfigMap.class,
                    "v1 Service", V1Service.class,
                    "v1 PersistentVolumeClaim", V1PersistentVolumeClaim.class,
                    "apps/v1 Deployment", V1Deployment.class,
                    "batch/v1 Job", V1Job.class);

    /** Of what the Compose specification allows, what our file has. */
    private static final Set<String> COMPOSE = Set.of("name", "services", "volumes");

    private static final Set<String> SERVICE =
            Set.of(
                    "image",
                    "command",
                    "entrypoint",
                    "user",
                    "hostname",
                    "environment",
                    "ports",
                    "volumes",
                    "depends_on",
                    "healthcheck");
    private static final Set<String> HEALTHCHECK =
            Set.of("test", "interval", "timeout", "retries", "start_period");
    private static final Set<String> CONDITIONS =
            Set.of("service_started", "service_healthy", "service_completed_successfully");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("dist"))) {
            return all
                    .filter(f -> f.toString().matches(".*/(docker|k8s)/.*"))
                    .filter(Files::isRegularFile)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyClassAndInstalledPathExists(Path file) throws IOException {
        String text = Files.readString(file);
        try (JarFile jar = new JarFile(HOME.resolve("job/job.jar").toFile())) {
            for (Matcher m = JOB_CLASS.matcher(text); m.find(); ) {
                assertThat(jar.getEntry(m.group().replace('.', '/') + ".class"))
                        .as(m.group())
                        .isNotNull();
            }
        }
        for (Matcher m = INSTALLED.matcher(text); m.find(); ) {
            assertThat(HOME.resolve(m.group(1))).exists();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> kubernetes() throws IOException {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Path file : files().filter(f -> f.toString().contains("/k8s/")).toList()) {
            for (Object document : new Yaml().loadAll(Files.readString(file))) {
                objects.add((Map<String, Object>) document);
            }
        }
        return objects;
    }

    private static Object read(Map<String, Object> object) throws IOException {
        Class<?> schema = SCHEMAS.get(object.get("apiVersion") + " " + object.get("kind"));
        assertThat(schema).as(object.toString()).isNotNull();
        return JSON.deserialize(new JsonMapper().writeValueAsString(object), schema);
    }

    @Test
    void everyObjectOfKubernetesFitsItsSchemaAndHasAName() throws IOException {
        for (Map<String, Object> object : kubernetes()) {
            assertThat(read(object)).isNotNull();
            assertThat(at(object, "metadata", "name")).asString().matches("[a-z0-9-]{1,63}");
        }
    }

    /** The schemas are strict, at every depth. */
    @Test
    @SuppressWarnings("unchecked")
    void aMisspelledFieldFitsNoSchema() throws IOException {
        Map<String, Object> deployment =
                kubernetes().stream()
                        .filter(o -> "Deployment".equals(o.get("kind")))
                        .findFirst()
                        .orElseThrow();
        Object container = list(at(deployment, "spec", "template", "spec", "containers")).get(0);
        ((Map<String, Object>) container).put("imagePullPolicies", "Always");

        assertThatThrownBy(() -> read(deployment)).hasMessageContaining("imagePullPolicies");
    }

    @Test
    void everyMountHasItsVolumeAndEveryVolumeItsSource() throws IOException {
        Set<String> names = new HashSet<>();
        kubernetes().forEach(o -> names.add(o.get("kind") + " " + at(o, "metadata", "name")));
        for (Map<String, Object> object : kubernetes()) {
            if (at(object, "spec", "template") == null) {
                continue;
            }
            Set<String> volumes = new HashSet<>();
            for (Object volume : list(at(object, "spec", "template", "spec", "volumes"))) {
                volumes.add((String) at(volume, "name"));
                assertSourceExists(volume, names);
            }
            List<Object> containers = new ArrayList<>();
            containers.addAll(list(at(object, "spec", "template", "spec", "containers")));
            containers.addAll(list(at(object, "spec", "template", "spec", "initContainers")));
            for (Object container : containers) {
                assertThat(at(container, "image")).asString().contains(":");
                for (Object mount : list(at(container, "volumeMounts"))) {
                    assertThat(volumes).contains((String) at(mount, "name"));
                    assertThat(at(mount, "mountPath")).asString().startsWith("/");
                }
            }
            Object labels = at(object, "spec", "template", "metadata", "labels");
            Object selector = at(object, "spec", "selector", "matchLabels");
            assertThat(selector == null || selector.equals(labels)).isTrue();
        }
    }

    private static void assertSourceExists(Object volume, Set<String> names) {
        Object secret = at(volume, "secret", "secretName");
        Object map = at(volume, "configMap", "name");
        Object claim = at(volume, "persistentVolumeClaim", "claimName");
        boolean known =
                names.contains("Secret " + secret)
                        || names.contains("ConfigMap " + map)
                        || names.contains("PersistentVolumeClaim " + claim)
                        || at(volume, "emptyDir") != null;
        assertThat(known).as(volume.toString()).isTrue();
    }

    @Test
    void theConfigInTheSecretIsOneThatLoads() throws IOException {
        Map<String, Object> secret =
                kubernetes().stream()
                        .filter(o -> "Secret".equals(o.get("kind")))
                        .findFirst()
                        .orElseThrow();

        String config = (String) at(secret, "stringData", "config.yaml");

        assertThat(ConfigLoader.load("config.yaml", config, Map.of()).mappings()).hasSize(1);
    }

    @Test
    void composeMountsWhatTheJobsLookFor() throws IOException {
        Object compose =
                new Yaml().load(Files.readString(Path.of("dist/docker/docker-compose.yml")));

        for (String service : List.of("jobmanager", "taskmanager")) {
            assertThat(list(at(compose, "services", service, "volumes")))
                    .contains("./job:/opt/flink/job:ro", "./config:/opt/flink/config:ro");
        }
        Set<Object> declared = new HashSet<>(((Map<?, ?>) at(compose, "volumes")).keySet());
        for (Object service : ((Map<?, ?>) at(compose, "services")).values()) {
            for (Object volume : list(at(service, "volumes"))) {
                String source = ((String) volume).split(":", -1)[0];
                assertThat(source.startsWith("./") || declared.contains(source)).isTrue();
            }
            assertThat(at(service, "image")).asString().contains(":");
        }
    }

    @Test
    void composeHasWhatItsSpecificationKnows() throws IOException {
        Map<?, ?> compose =
                new Yaml().load(Files.readString(Path.of("dist/docker/docker-compose.yml")));
        assertThat(compose.keySet()).allMatch(COMPOSE::contains);
        Map<?, ?> services = (Map<?, ?>) compose.get("services");
        for (Object service : services.values()) {
            assertThat(((Map<?, ?>) service).keySet()).allMatch(SERVICE::contains);
            if (at(service, "healthcheck") instanceof Map<?, ?> check) {
                assertThat(check.keySet()).allMatch(HEALTHCHECK::contains);
            }
            for (Object port : list(at(service, "ports"))) {
                assertThat((String) port).matches("(127\\.0\\.0\\.1:)?\\d+:\\d+");
            }
            Object others = at(service, "depends_on");
            if (others instanceof Map<?, ?> conditions) {
                assertThat(services.keySet().containsAll(conditions.keySet())).isTrue();
                for (Object condition : conditions.values()) {
                    assertThat(CONDITIONS).contains((String) at(condition, "condition"));
                }
            } else {
                assertThat(services.keySet().containsAll(list(others))).isTrue();
            }
        }
    }

    @Test
    void theDockerfileCopiesWhatTheBuildMakes() throws IOException {
        for (String line : Files.readAllLines(Path.of("dist/docker/Dockerfile"))) {
            if (line.startsWith("COPY ")) {
                assertThat(Path.of(line.split(" ", -1)[1])).exists();
            }
        }
    }

    /** Those of our own are the names in the code; all others come with Flink. */
    @Test
    void theDashboardAsksForTheMetricsThatTheJobsHave() throws IOException {
        var dashboard =
                new JsonMapper().readTree(Path.of("dist/grafana/iotdb-migrate.json").toFile());
        Set<String> ours = new HashSet<>();
        Set<String> flinks = new HashSet<>();
        for (String query : dashboard.findValuesAsText("expr")) {
            for (Matcher m = METRIC.matcher(query); m.find(); ) {
                if (m.group().startsWith(OPERATOR)) {
                    ours.add(m.group().substring(OPERATOR.length()));
                } else {
                    flinks.add(m.group());
                }
            }
        }

        assertThat(ours)
                .containsExactlyInAnyOrder(
                        SinkMetrics.ROWS,
                        SinkMetrics.POINTS,
                        SinkMetrics.LAST_FLUSH_MILLIS,
                        SinkMetrics.BUFFERED_BYTES,
                        BackfillMetrics.REJECTED_ROWS,
                        CdcMetrics.EVENTS,
                        CdcMetrics.READ_DELAY,
                        CdcMetrics.LAST_EVENT_AT,
                        CdcMetrics.POINTS,
                        CdcMetrics.DELETES,
                        CdcMetrics.FLUSH_MILLIS,
                        CdcMetrics.REJECTED);
        assertThat(flinks)
                .containsExactlyInAnyOrder(
                        "flink_jobmanager_job_lastCheckpointDuration",
                        "flink_jobmanager_job_numberOfFailedCheckpoints",
                        "flink_jobmanager_job_numRestarts",
                        "flink_taskmanager_job_task_busyTimeMsPerSecond",
                        "flink_taskmanager_job_task_backPressuredTimeMsPerSecond");
        assertThat(dashboard.findValuesAsText("expr"))
                .allMatch(query -> query.contains("job_name=~\"$job\""));
    }

    @Test
    void theArchiveHasAManualPageAndTheseFiles() {
        assertThat(HOME.resolve("share/man/man1/iotdb-migrate.1"))
                .content()
                .startsWith(".TH ")
                .contains(".SH \"EXIT STATUS\"");
        assertThat(HOME.resolve("deploy/k8s/backfill-job.yaml")).exists();
        assertThat(HOME.resolve("deploy/docker/docker-compose.yml")).exists();
        assertThat(HOME.resolve("deploy/grafana/iotdb-migrate.json")).exists();
    }

    private static Object at(Object node, String... path) {
        Object here = node;
        for (String key : path) {
            here = here instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return here;
    }

    private static List<Object> list(Object node) {
        return node == null ? List.of() : List.copyOf((List<?>) node);
    }
}
