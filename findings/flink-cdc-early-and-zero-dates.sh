#!/usr/bin/env bash
# Expected: DATE '0001-01-01', the smallest date of .NET and many other programs, arrives as that day,
# and every kind of zero date as null (or every one as something else).
# Seen: by default years 1 to 99 are moved to 1970 to 2069: '0001-01-01' is 2001-01-01, a plausible wrong
# date. MySQL did that once when it *parsed* two digits; the stored year has four. With the property
# debezium.enable.time.adjuster=false it is right. A zero DATE or DATETIME is null in a nullable column,
# but a zero TIMESTAMP is 1970-01-01T00:00:00Z.
# The property is documented by Debezium; apache/flink-cdc#3827 and FLINK-37000 tell of the years, zendesk/maxwell#928 of the zero TIMESTAMP.
# iotdb-migrate sets the property and has its own converter (TemporalConverter).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "Flink CDC 3.5.0, Flink 1.20.3, MySQL 8.0.33" \
    "DATE 0001-01-01 is day -719162; zero dates of all types are null" \
    "0001-01-01 is day 11323 (2001-01-01) by default; a zero TIMESTAMP is 1970-01-01"
start_mysql
position=$(mysql_position)
mysql_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; USE $db;
    SET sql_mode = '', time_zone = '+00:00';
    CREATE TABLE m (id INT PRIMARY KEY, d DATE, dt DATETIME(3), ts TIMESTAMP(3) NULL);
    INSERT INTO m VALUES (1, '0001-01-01', '0001-01-01', '2026-01-01');
    INSERT INTO m VALUES (2, '0100-01-01', '0100-01-01', '2026-01-01');
    INSERT INTO m VALUES (3, '0000-00-00', '0000-00-00', '0000-00-00')"
same "days, milliseconds, text; defaults" \
    '{"id":1,"d":11323,"dt":978307200000,"ts":"2026-01-01T00:00:00Z"}
{"id":2,"d":-683003,"dt":-59011459200000,"ts":"2026-01-01T00:00:00Z"}
{"id":3,"d":null,"dt":null,"ts":"1970-01-01T00:00:00Z"}' "$(follow_binlog "$position")"
same "row 1 with enable.time.adjuster=false" \
    '{"id":1,"d":-719162,"dt":-62135596800000,"ts":"2026-01-01T00:00:00Z"}' \
    "$(follow_binlog "$position" enable.time.adjuster=false | head -1)"
stands
