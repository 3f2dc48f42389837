#!/usr/bin/env bash
# Expected: TIME '-01:00:00' arrives from the binlog as -3,600,000,000 microseconds.
# Seen: -3,843,000,000, which is -01:04:03. A negative TIME is the complement of the whole packed value;
# the decoder takes the complement of hours, minutes, seconds and fraction apart, so each part that is
# zero comes out as 64 or as the largest fraction. With a part of a second in it the value is right, so
# tests with '-12:30:00.5' pass. The snapshot phase reads by JDBC and is right: one table, two truths.
# Debezium 1.9.8 inside; mended there by DBZ-7594 (debezium/debezium#5350), later than 1.9. The plain
# binlog client has an older relative of it: osheroff/mysql-binlog-connector-java#154.
# iotdb-migrate reads TIME from the row itself (BinlogTime, BinlogTimeTest, AllTypesIT).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "Flink CDC 3.5.0 (flink-sql-connector-mysql-cdc), Flink 1.20.3, MySQL 8.0.33" \
    "TIME '-01:00:00' is -3600000000 microseconds, TIME(6) too" \
    "it is 243 s off, in TIME(3) 245.147483 s, in TIME(6) 244.048576 s; with a fraction it is right"
start_mysql
position=$(mysql_position)
mysql_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; USE $db;
    CREATE TABLE m (id INT PRIMARY KEY, t0 TIME, t3 TIME(3), t6 TIME(6));
    INSERT INTO m VALUES (1, '01:00:00', '01:00:00', '01:00:00');
    INSERT INTO m VALUES (2, '-01:00:00', '-01:00:00', '-01:00:00');
    INSERT INTO m VALUES (3, '-00:00:01', '-12:30:00.5', '-12:30:00.5')"
same "rows in microseconds" '{"id":1,"t0":3600000000,"t3":3600000000,"t6":3600000000}
{"id":2,"t0":-3843000000,"t3":-3845147483,"t6":-3844048576}
{"id":3,"t0":-1000000,"t3":-45000500000,"t6":-45000500000}' "$(follow_binlog "$position")"
stands
