#!/usr/bin/env bash
# Expected: every committed row behind the start position is delivered.
# Seen: when the start is a set of GTIDs, an XA transaction that is the first one behind it is not delivered.
# It has no BEGIN in the binlog (XA START stands there), and while the connector skips what the set covers
# it waits for one; with an ordinary transaction before it, or a start by file and offset, it arrives.
# No issue found; apache/flink-cdc#1239 tells of XA ROLLBACK. Behind a proxy of transactions (Java EE, Seata) XA is the usual way.
# iotdb-migrate reads the binlog through a client of its own that gives such a transaction its BEGIN.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "Flink CDC 3.5.0, Flink 1.20.3, MySQL 8.0.33 with gtid_mode=ON" \
    "an XA transaction, an ordinary one and another XA: three rows" \
    "the XA transaction right behind a start by GTIDs is missing, the later one is there"
start_mysql
mysql_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; CREATE TABLE $db.m (id INT PRIMARY KEY);
    CREATE TABLE $db.stop (id INT AUTO_INCREMENT PRIMARY KEY)"
position=$(mysql_sql -e "SELECT @@gtid_executed")
xa() { echo "XA START '$1'; INSERT INTO m VALUES ($1); XA END '$1'; XA PREPARE '$1'; XA COMMIT '$1';"; }
mysql_sql "$db" -e "$(xa 1) INSERT INTO m VALUES (2); $(xa 3)"
same "rows in MySQL" $'1\n2\n3' "$(mysql_sql "$db" -e 'SELECT id FROM m ORDER BY id')"
same "rows delivered" $'{"id":2}\n{"id":3}' "$(follow_binlog "$position")"
stands
