#!/usr/bin/env bash
# Expected: an embedded cluster runs from the jars on its class path, and an archive of classes (class-data
# sharing) made of a run holds the classes of that run.
# Seen: flink-rpc-akka-loader has Flink's RPC (Pekko, Scala) as a jar in a jar. Each start of a cluster copies
# it, 21 MB, to a file with a random name in java.io.tmpdir, loads the classes from there and deletes it at
# the end. An archive made of a list of loaded classes has none of them, as that file is gone by then. One
# that Java writes at its exit has them, for the first cluster of a process only; the copy is made all the same.
# iotdb-migrate has that jar on the class path, and a RpcSystemLoader of its own (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
java=$(java -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')
finding "Flink 1.20.3 (flink-rpc-akka-loader), seen with Java 17.0.15, here $java" \
    "RPC classes come from a jar of the class path, and from an archive of classes when there is one" \
    "each start copies 21 MB of them to a temporary file; an archive by list has none of them"
jars flink org.apache.flink:flink-clients:1.20.3 org.apache.flink:flink-streaming-java:1.20.3 org.slf4j:slf4j-nop:1.7.36
tmp=$work/$name.tmp list=$work/$name.list classes=$work/$name.classes
mkdir -p "$tmp"

# start STARTS OPTION: that many embedded clusters in one process, and the copy that each has
start() {
    JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$tmp -Xlog:disable -Xlog:class+load:file=$classes $2" \
        run_java flink "$lib/FlinkStart.java" "$1"
}
# source_of CLASS: where each start had it from
source_of() {
    sed -n "s|.* org.apache.flink.runtime.$1 source: ||p" "$classes" | sed "s/^shared objects file.*/archive/; s|^file:.*/||" |
        random | xargs
}
random() { sed -E 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/UUID/'; }

seen=$(start 2 -XX:DumpLoadedClassList="$list")
same "files in java.io.tmpdir while each of two clusters of a process runs, and their bytes" \
    "flink-rpc-akkaUUID.jar 21439218
flink-rpc-akkaUUID.jar 21439218" "$(random <<<"$seen")"
same "different names among them" 2 "$(sort -u <<<"$seen" | wc -l)"
java -Xshare:dump -XX:SharedClassListFile="$list" -XX:SharedArchiveFile="$work/$name-list.jsa" \
    -XX:+UseSerialGC -Xmx768m -cp "$work/flink/*" >"$work/$name.log" 2>&1 ||
    stop "no archive: $(tail -1 "$work/$name.log")"
start 1 -XX:SharedArchiveFile="$work/$name-list.jsa" >/dev/null
same "with an archive by list: where the class MiniCluster is from" archive "$(source_of minicluster.MiniCluster)"
same "the class PekkoRpcSystem" flink-rpc-akkaUUID.jar "$(source_of rpc.pekko.PekkoRpcSystem)"
same "classes of org.apache.pekko in the archive" 0 \
    "$(grep -c ' org\.apache\.pekko\..* source: shared objects file' "$classes" || true)"
start 1 -XX:ArchiveClassesAtExit="$work/$name-exit.jsa" >/dev/null
seen=$(start 2 -XX:SharedArchiveFile="$work/$name-exit.jsa")
same "with an archive made at exit: files and bytes at each of two starts" \
    "flink-rpc-akkaUUID.jar 21439218
flink-rpc-akkaUUID.jar 21439218" "$(random <<<"$seen")"
same "the class PekkoRpcSystem at each" "archive flink-rpc-akkaUUID.jar" "$(source_of rpc.pekko.PekkoRpcSystem)"
stands
