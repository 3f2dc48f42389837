#!/usr/bin/env bash
source "$(dirname "$0")/lib/common.bash"
finding "Flink 1.20.3" "" ""
jars flink org.apache.flink:flink-clients:1.20.3 org.apache.flink:flink-streaming-java:1.20.3 org.slf4j:slf4j-nop:1.7.36
mkdir -p "$work/$name.tmp"
start() { JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$work/$name.tmp $1" run_java flink "$lib/FlinkStart.java" 2; }
start -XX:ArchiveClassesAtExit="$work/$name.jsa"
ls -l $work/$name.*
cat $work/java.log
start "-XX:SharedArchiveFile=$work/$name.jsa -Xlog:class+load:file=$work/$name.classes"
cat $work/java.log
for class in runtime.minicluster.MiniCluster runtime.rpc.pekko.PekkoRpcSystem ; do
 grep flink.$class' ' $work/$name.classes
done
grep -c 'pekko.*shared' $work/$name.classes || true
ls -la "$work/$name.tmp"
