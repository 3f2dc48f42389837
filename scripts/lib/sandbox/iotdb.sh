# IoTDB: one ConfigNode and one DataNode, both from one iotdb-system.properties.

java_opens=()
for package in java.io java.lang java.lang.reflect java.math java.net java.nio java.text java.time \
    java.util java.util.concurrent java.util.concurrent.atomic sun.nio.ch; do
    java_opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done

# start_iotdb_node NAME HOME_PROPERTY CONF_PROPERTY MAIN_CLASS JVM_FLAGS...
start_iotdb_node() {
    local name=$1 home_property=$2 conf_property=$3 main=$4 home=$dir/iotdb
    shift 4
    mkdir -p "$home/conf"
    write_iotdb_config >"$home/conf/iotdb-system.properties"
    write_logback >"$home/conf/logback.xml"
    # shellcheck disable=SC2046  # flags are single words
    spawn "$name" "$java" "$@" $(short_lived_flags "$name") "${java_opens[@]}" \
        -Djava.io.tmpdir="$dir/tmp" -D"$home_property=$home" -D"$conf_property=$home/conf" \
        -Dlogback.configurationFile="$home/conf/logback.xml" \
        -Dsun.jnu.encoding=UTF-8 -Dfile.encoding=UTF-8 -cp "$iotdb_home/lib/*" "$main" -s
}

# A first start that was cut short leaves a half-made cluster, which would never come up again.
start_iotdb_confignode() {
    if [[ ! -e $dir/iotdb/was-ready ]]; then rm -rf "$dir/iotdb/data"; fi
    start_iotdb_node iotdb-confignode CONFIGNODE_HOME CONFIGNODE_CONF \
        org.apache.iotdb.confignode.service.ConfigNode \
        -Xms64m -Xmx512m -XX:MaxDirectMemorySize=256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1
}

start_iotdb_datanode() {
    start_iotdb_node iotdb-datanode IOTDB_HOME IOTDB_CONF \
        org.apache.iotdb.db.service.DataNode \
        -Xms512m -Xmx2g -XX:MaxDirectMemorySize=1g -DOFF_HEAP_MEMORY=1G
}

# Each database takes direct memory: a Raft log for its schema, and write-ahead-log buffers for each
# data region. With the defaults a 1 GiB DataNode holds 12 of them, with this more than 100. The
# schema log is then written through at once, as Raft would, so that a kill loses none of it.
# A request may have 24 MiB: what IoTDB 2.0.10 takes with a heap of 1.5 GB, and 2.0.1 with any.
write_iotdb_config() {
    local data=$dir/iotdb/data
    cat <<CONFIG
cluster_name=sandbox
cn_internal_address=127.0.0.1
cn_internal_port=$IOTDB_CN
cn_consensus_port=$IOTDB_CN_CONSENSUS
cn_seed_config_node=127.0.0.1:$IOTDB_CN
dn_seed_config_node=127.0.0.1:$IOTDB_CN
dn_rpc_address=127.0.0.1
dn_rpc_port=$IOTDB
dn_internal_address=127.0.0.1
dn_internal_port=$IOTDB_DN
dn_mpp_data_exchange_port=$IOTDB_MPP
dn_schema_region_consensus_port=$IOTDB_SCHEMA
dn_data_region_consensus_port=$IOTDB_DATA
dn_join_cluster_retry_interval_ms=500
cn_system_dir=$data/confignode/system
cn_consensus_dir=$data/confignode/consensus
cn_pipe_receiver_file_dir=$data/confignode/pipe
dn_system_dir=$data/datanode/system
dn_data_dirs=$data/datanode/data
dn_consensus_dir=$data/datanode/consensus
dn_wal_dirs=$data/datanode/wal
dn_tracing_dir=$data/datanode/tracing
dn_sync_dir=$data/datanode/sync
sort_tmp_dir=$data/datanode/tmp
dn_pipe_receiver_file_dirs=$data/datanode/pipe
udf_lib_dir=$data/ext/udf
trigger_lib_dir=$data/ext/trigger
pipe_lib_dir=$data/ext/pipe
load_active_listening_enable=false
load_active_listening_dirs=$data/ext/load/pending
load_active_listening_fail_dir=$data/ext/load/failed
schema_region_consensus_protocol_class=org.apache.iotdb.consensus.simple.SimpleConsensus
sync_mlog_period_in_ms=0
data_region_consensus_protocol_class=org.apache.iotdb.consensus.iot.IoTConsensus
data_region_group_extension_policy=CUSTOM
default_data_region_group_num_per_database=1
wal_buffer_size_in_byte=2097152
dn_thrift_max_frame_size=25165824
compaction_thread_count=2
inner_compaction_task_selection_mods_file_threshold=9223372036854775807
config_node_ratis_rpc_leader_election_timeout_min_ms=300
config_node_ratis_rpc_leader_election_timeout_max_ms=600
CONFIG
    if [[ -e $dir/iotdb.options ]]; then cat "$dir/iotdb.options"; fi
}

write_logback() {
    cat <<'CONFIG'
<configuration>
  <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%d [%t] %-5p %c{25}:%L - %m%n</pattern></encoder>
  </appender>
  <logger name="org.apache.iotdb.commons.pipe.config" level="WARN"/>
  <logger name="org.apache.iotdb.commons.subscription.config" level="WARN"/>
  <logger name="org.apache.ratis" level="WARN"/>
  <root level="INFO"><appender-ref ref="STDOUT"/></root>
</configuration>
CONFIG
}

await_iotdb() {
    local probe
    "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$iotdb_home/probe:$iotdb_home/lib/*" \
        IotdbProbe 127.0.0.1 "$IOTDB" root root 120 >"$dir/log/iotdb-probe.log" 2>&1 9>&- &
    probe=$!
    while kill -0 "$probe" 2>/dev/null; do
        if ! is_running iotdb-confignode || ! is_running iotdb-datanode; then
            kill "$probe" 2>/dev/null || true
        fi
        pause
    done
    if wait "$probe"; then
        : >"$dir/iotdb/was-ready"
        ready "iotdb $iotdb_version" "127.0.0.1:$IOTDB"
        return
    fi
    local name
    for name in iotdb-confignode iotdb-datanode; do
        is_running "$name" || fail 1 "$name ended while starting; see $dir/log/$name.log"
    done
    fail 1 "iotdb does not answer after 120 s; see $dir/log/iotdb-datanode.log"
}
