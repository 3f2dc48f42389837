# Flink: a standalone session cluster of two JVMs, made of the ordinary jars.

flink_slots=4

start_flink_node() {
    local name=$1 home=$dir/flink
    shift
    mkdir -p "$home/conf" "$home/tmp" "$home/upload" "$home/checkpoints" "$home/savepoints"
    write_flink_config | with_flink_options >"$home/conf/config.yaml"
    write_log4j >"$home/conf/log4j.properties"
    # shellcheck disable=SC2046  # flags are single words
    spawn "$name" "$java" $(short_lived_flags "$name") "${java_opens[@]}" -Djava.io.tmpdir="$dir/tmp" \
        -Dlog4j.configurationFile="$home/conf/log4j.properties" -cp "$flink_home/lib/*" "$@"
}

start_flink_jobmanager() {
    start_flink_node flink-jobmanager -Xms64m -Xmx768m \
        org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint \
        --configDir "$dir/flink/conf"
}

# Under a name and with an RPC port of its own each time, so that a killed one is not taken for its
# successor: messages to an address whose last owner is not yet known to be dead are discarded.
start_flink_taskmanager() {
    mkdir -p "$dir/flink"
    echo "taskmanager-$(date +%s%N)" >"$dir/flink/taskmanager"
    start_flink_node flink-taskmanager \
        -Xms256m -Xmx1152m -XX:MaxDirectMemorySize=512m -XX:MaxMetaspaceSize=512m \
        org.apache.flink.runtime.taskexecutor.TaskManagerRunner --configDir "$dir/flink/conf" \
        -Dtaskmanager.resource-id="$(<"$dir/flink/taskmanager")"
}

# A task manager that its own start script did not prepare wants every memory part by name.
write_flink_config() {
    local home=$dir/flink
    cat <<CONFIG
jobmanager.bind-host: 127.0.0.1
jobmanager.rpc.address: 127.0.0.1
jobmanager.rpc.port: $FLINK_JM_RPC
jobmanager.memory.process.size: 1600m
blob.server.port: $FLINK_BLOB
rest.address: 127.0.0.1
rest.bind-address: 127.0.0.1
rest.port: $FLINK_REST
taskmanager.bind-host: 127.0.0.1
taskmanager.host: 127.0.0.1
taskmanager.rpc.port: 0
taskmanager.data.port: $FLINK_TM_DATA
taskmanager.numberOfTaskSlots: $flink_slots
taskmanager.cpu.cores: $flink_slots
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.task.heap.size: 1g
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.task.off-heap.size: 128m
taskmanager.memory.network.min: 128m
taskmanager.memory.network.max: 128m
taskmanager.memory.managed.size: 128m
taskmanager.memory.jvm-metaspace.size: 512m
taskmanager.memory.jvm-overhead.min: 192m
taskmanager.memory.jvm-overhead.max: 192m
metrics.reporter.prom.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory
metrics.reporter.prom.port: $FLINK_METRICS,$FLINK_MORE_METRICS
heartbeat.interval: 2000
heartbeat.timeout: 10000
io.tmp.dirs: $home/tmp
web.upload.dir: $home/upload
execution.checkpointing.dir: file://$home/checkpoints
execution.checkpointing.savepoint-dir: file://$home/savepoints
CONFIG
}

# A key may stand in the file once only.
with_flink_options() {
    if [[ ! -e $dir/flink.options ]]; then
        cat
        return
    fi
    awk -F '=' 'NR == FNR { value[$1] = substr($0, length($1) + 2); next }
        { key = $0; sub(/:.*/, "", key); if (!(key in value)) print }
        END { for (key in value) print key ": " value[key] }' "$dir/flink.options" -
}

write_log4j() {
    cat <<'CONFIG'
rootLogger.level = INFO
rootLogger.appenderRef.console.ref = console
appender.console.name = console
appender.console.type = CONSOLE
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %-5p %-60c %x - %m%n
CONFIG
}

await_flink() {
    if ! is_running flink-taskmanager; then
        await flink-jobmanager flink_rest overview
        ready "flink $flink_version (no task manager)" "127.0.0.1:$FLINK_REST"
        return
    fi
    is_running flink-jobmanager || fail 1 "flink-jobmanager does not run; start it first"
    await flink-taskmanager flink_answers
    ready "flink $flink_version" "127.0.0.1:$FLINK_REST"
}

# Ready when the REST interface knows this task manager and no other, with its slots.
flink_answers() {
    [[ $(flink_rest taskmanagers) == *"\"$(<"$dir/flink/taskmanager")\""* ]] &&
        [[ $(flink_rest overview) == *"\"taskmanagers\":1,\"slots-total\":$flink_slots,"* ]]
}

flink_rest() {
    {
        exec 6<>"/dev/tcp/127.0.0.1/$FLINK_REST"
        printf 'GET /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$1" >&6
        timeout 5 cat <&6
    } 2>/dev/null
}
