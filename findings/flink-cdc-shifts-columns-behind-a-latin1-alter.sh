#!/usr/bin/env bash
# Expected: an ALTER TABLE that names a column with letters beyond ASCII means the same to a reader of the binlog,
# whatever character set its client writes.
# Seen: MySQL logs the statement in the bytes of its client, and beside it the number of that character set. The
# binlog client that Flink CDC reads through takes any for UTF-8, so the name is another one. Flink CDC does not
# find the column behind which the new one goes, and puts that first. All later rows have values under the names
# of other columns, the key's too, without an error. A TRUNCATE of such a table is one of another name.
# The same statement from a client that writes UTF-8 is right. Clients of a GBK or latin1 application are usual.
# iotdb-migrate reads each statement in the character set that the event names (LoggedQuery, test CdcStopIT).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "Flink CDC 3.5.0 (flink-sql-connector-mysql-cdc), Flink 1.20.3, MySQL 8.0.33" \
    "behind the ALTER TABLE id is 2, größe 7, x 5, whatever its client writes" \
    "behind that of a latin1 client id is 7, größe 5, x 2"
start_mysql
mysql_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db"

# CHARSET STATEMENT: a table of its own, altered by such a client, and what Flink CDC reads of the row behind.
row_behind() {
    local charset=$1 position statement=$2
    position=$(mysql_position)
    mysql_sql "$db" --default-character-set=utf8mb4 -e "CREATE TABLE $charset
        (id INT PRIMARY KEY, größe INT, v INT, w INT)"
    mysql_sql "$db" --default-character-set="$charset" -e "$statement"
    mysql_sql "$db" --default-character-set=utf8mb4 -e "INSERT INTO $charset (id, größe, v, w, x) VALUES (2, 7, 8, 9, 5)"
    follow_binlog "$position" | sed -E 's/"gr[^"]*"/"size"/'
}
same "a client that writes utf8mb4" '{"id":2,"size":7,"x":5,"v":8,"w":9}' \
    "$(row_behind utf8mb4 'ALTER TABLE utf8mb4 ADD COLUMN x INT AFTER größe')"
same "a client that writes latin1" '{"x":2,"id":7,"size":5,"v":8,"w":9}' \
    "$(row_behind latin1 "$(printf 'ALTER TABLE latin1 ADD COLUMN x INT AFTER gr\xf6\xdfe')")"
stands
