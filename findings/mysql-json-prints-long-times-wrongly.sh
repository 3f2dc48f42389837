#!/usr/bin/env bash
# Expected: JSON_OBJECT('t', CAST('99:59:59' AS TIME)) prints 99:59:59, and a stored document the same as
# a computed one.
# Seen: hours are cut to five bits, 03:59:59, in a computed document; the same document stored in a table
# prints 75:59:59. TIME goes up to 838 hours. Two texts for one value, both wrong, no warning.
# iotdb-migrate copies what MySQL prints; src/docs/surprises.md tells of it.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "MySQL 8.0.33" \
    "a TIME of 99:59:59 is 99:59:59 in a JSON document" \
    "03:59:59 in a computed document, 75:59:59 in a stored one"
start_mysql
same "as TIME, computed, stored" '99:59:59
{"t": "03:59:59.000000"}
{"t": "75:59:59.000000"}' "$(mysql_sql <<SQL
DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; USE $db;
SELECT CAST('99:59:59' AS TIME);
SELECT JSON_OBJECT('t', CAST('99:59:59' AS TIME));
CREATE TABLE m (j JSON);
INSERT INTO m VALUES (JSON_OBJECT('t', CAST('99:59:59' AS TIME)));
SELECT j FROM m;
SQL
)"
stands
