#!/usr/bin/env bash
# Expected: a JSON document read from the binlog has the text that SELECT gives, or at least its meaning.
# Seen: a negative TIME in it becomes "02:0-3:0-3", the last moment of year 9999 "9999-12-31
# 23:0-5:59.999999", a DATETIME loses its fraction of zeros, and the number 1e300 is written out with 301
# digits. MySQL keeps typed scalars in its binary JSON; the binlog client prints them with code of its
# own. So a snapshot (SELECT) and the changes behind it (binlog) have different texts for equal documents.
# Told in part by debezium/debezium#7783 (spaces, fractions, base64), not the times and dates.
# iotdb-migrate spells JSON documents of the binlog itself, as a SELECT does (JsonConverter, BothPathsIT).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "Flink CDC 3.5.0, Flink 1.20.3, MySQL 8.0.33" \
    "the text of a JSON document in the binlog means what SELECT's text means" \
    "negative times and late dates become nonsense, numbers change their notation"
start_mysql
position=$(mysql_position)
mysql_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; USE $db;
    CREATE TABLE m (id INT PRIMARY KEY, j JSON);
    INSERT INTO m VALUES (1, JSON_ARRAY(CAST('-01:02:03' AS TIME)));
    INSERT INTO m VALUES (2, JSON_ARRAY(CAST('9999-12-31 23:59:59.999999' AS DATETIME(6))));
    INSERT INTO m VALUES (3, JSON_ARRAY(CAST('2026-05-06 07:08:09' AS DATETIME)));
    INSERT INTO m VALUES (4, '[1e300]')"
same "SELECT" '["-01:02:03.000000"]
["9999-12-31 23:59:59.999999"]
["2026-05-06 07:08:09.000000"]
[1e300]' "$(mysql_sql "$db" -e 'SELECT j FROM m ORDER BY id')"
seen=$(follow_binlog "$position" | sed -e 's/\\//g' -e 's/10000[0-9]*/(1 and 300 digits)/')
same "binlog" '{"id":1,"j":"["02:0-3:0-3"]"}
{"id":2,"j":"["9999-12-31 23:0-5:59.999999"]"}
{"id":3,"j":"["2026-05-06 07:08:09"]"}
{"id":4,"j":"[(1 and 300 digits)]"}' "$seen"
stands
