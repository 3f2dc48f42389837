#!/usr/bin/env bash
# Expected: a connector that starts from a set of GTIDs fails at a server that lacks some of them: what it had
# read is not in this binlog, which was begun anew.
# Seen: RESET MASTER (RESET BINARY LOGS AND GTIDS in newer ones) numbers transactions from 1 again. The connector
# cuts its set down to what the server has by then, asks for the rest, and drops what comes as long as the
# number is one that it had read before. No error, no row: those transactions are never delivered, and from
# the first number that is new on all goes well again.
# Tried once by hand: a job with checkpoints that had delivered 3 to 5 was restarted by Flink after the reset, and
# the rows 6 to 10 were missing in the same way.
# iotdb-migrate asks whether the server has all that was read before it connects (src/docs/surprises.md); its
# test CdcStartIT has a job that restarts from its state.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "Flink CDC 3.5.0, Flink 1.20.3, MySQL 8.0.33 with gtid_mode=ON" \
    "a start from GTIDs 1-5 at a server that was reset and has 1-2 is refused" \
    "it starts, skips 1-5 of the new binlog without a word, and goes on with 6"
start_mysql
cdc_jars
insert() { for id in $(seq "$1" "$2"); do mysql_sql "$db" -e "INSERT INTO m VALUES ($id)"; done; }
numbers() { sed 's/.*://' <<<"$1"; }
mysql_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; CREATE TABLE $db.m (id INT PRIMARY KEY);
    CREATE TABLE $db.stop (id INT PRIMARY KEY); RESET MASTER"
insert 1 5
read=$(mysql_sql -e 'SELECT @@gtid_executed')
mysql_sql -e 'RESET MASTER'
insert 6 7
same "GTIDs that were read, and that the server has" "1-5 1-2" \
    "$(numbers "$read") $(numbers "$(mysql_sql -e 'SELECT @@gtid_executed')")"

go_on() {
    until grep -q 'INFO: Connected to' "$work/java.log"; do sleep 0.2; done
    insert 8 14
    mysql_sql "$db" -e 'INSERT INTO stop VALUES (1)'
}
: >"$work/java.log"
serve go_on go_on
seen=$(run_java cdc "$lib/CdcProbe.java" "$mysql_port" "$db" "$read")
same "GTIDs behind which the connector asks" "1-2" \
    "$(sed -n 's/.*INFO: Connected to .* at [^:]*:\([0-9-]*\) .*/\1/p' "$work/java.log")"
same "rows behind the reset in MySQL" "6 7 8 9 10 11 12 13 14" \
    "$(mysql_sql "$db" -e 'SELECT id FROM m WHERE id > 5 ORDER BY id' | xargs)"
same "rows delivered" "11 12 13 14" "$(tr -dc '0-9\n' <<<"$seen" | xargs)"
stands
