#!/usr/bin/env bash
# Expected: an index makes a query faster, it does not change its answer.
# Seen: in a session whose time zone has summer time a TIMESTAMP of the doubled hour, second time round, is
# found by the index with neither ts < x nor ts = x nor ts > x, where x is just what SELECT prints for it; a
# scan of the table finds it with =. The literal is turned into the first of the two instants for the index,
# and compared as local text in a scan. A reader in chunks that goes on from the last ts it saw loses rows.
# The manual tells of it under TIMESTAMP lookups; readers in chunks are not mentioned there.
# iotdb-migrate reads in sessions of UTC (MySqlConnections), where no hour is doubled.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "MySQL 8.0.33" \
    "the same WHERE on an indexed TIMESTAMP gives the same rows with and without the index" \
    "in the doubled hour, by index, a row is neither <, = nor > the value that SELECT prints for it"
start_mysql
seen=$(mysql_sql <<SQL
DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; USE $db;
DELETE FROM mysql.time_zone_name WHERE Time_zone_id = 900; DELETE FROM mysql.time_zone WHERE Time_zone_id = 900;
DELETE FROM mysql.time_zone_transition WHERE Time_zone_id = 900;
DELETE FROM mysql.time_zone_transition_type WHERE Time_zone_id = 900;
INSERT INTO mysql.time_zone VALUES (900, 'N'); INSERT INTO mysql.time_zone_name VALUES ('Finding/Berlin', 900);
INSERT INTO mysql.time_zone_transition_type VALUES (900, 0, 3600, 0, 'CET'), (900, 1, 7200, 1, 'CEST');
INSERT INTO mysql.time_zone_transition VALUES (900, 1774746000, 1), (900, 1792890000, 0);
CREATE TABLE m (id INT PRIMARY KEY, ts TIMESTAMP NOT NULL, KEY i (ts));
SET time_zone = '+00:00';
INSERT INTO m VALUES (1, '2026-10-25 00:30:00'), (2, '2026-10-25 01:30:00'), (3, '2026-10-25 02:30:00');
SET time_zone = 'Finding/Berlin';
SELECT 'all', GROUP_CONCAT(ts ORDER BY id) FROM m;
SELECT '= index', GROUP_CONCAT(id ORDER BY id) FROM m FORCE INDEX (i) WHERE ts = '2026-10-25 02:30:00';
SELECT '= scan', GROUP_CONCAT(id ORDER BY id) FROM m IGNORE INDEX (i) WHERE ts = '2026-10-25 02:30:00';
SELECT '< index', GROUP_CONCAT(id ORDER BY id) FROM m FORCE INDEX (i) WHERE ts < '2026-10-25 02:30:00';
SELECT '> index', GROUP_CONCAT(id ORDER BY id) FROM m FORCE INDEX (i) WHERE ts > '2026-10-25 02:30:00';
SELECT '> scan', GROUP_CONCAT(id ORDER BY id) FROM m IGNORE INDEX (i) WHERE ts > '2026-10-25 02:30:00';
SQL
)
same "the rows; ids found by =, < and >, by index and by scan" \
    "$(printf '%s\t%s\n' all '2026-10-25 02:30:00,2026-10-25 02:30:00,2026-10-25 03:30:00' \
        '= index' 1 '= scan' 1,2 '< index' NULL '> index' 3 '> scan' 3)" "$seen"
stands
