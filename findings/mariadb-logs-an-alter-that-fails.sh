#!/usr/bin/env bash
# Expected: an ALTER TABLE that fails is not in the binlog, and one that succeeds is there once.
# Seen with binlog_alter_two_phase=ON (10.8 and later): both are there twice, when they begin and when
# they end, with the same text. Only the GTID event before each says START, COMMIT or ROLLBACK ALTER. A
# reader that applies each statement adds a column twice, or one that never was.
# iotdb-migrate applies such a statement when it is done (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
start_mariadb
finding "MariaDB $(mariadb_sql -e 'SELECT VERSION()')" \
    "an ALTER TABLE that fails leaves nothing in the binlog, one that succeeds one event" \
    "with binlog_alter_two_phase each leaves its statement twice; only the event before says what it came to"
mariadb_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; USE $db;
    CREATE TABLE m (id INT PRIMARY KEY, v INT); INSERT INTO m VALUES (1, 7), (2, 7); FLUSH BINARY LOGS"
file=$(mariadb_sql -e 'SHOW MASTER STATUS' | cut -f 1)
for change in "ADD UNIQUE one (v)" "ADD COLUMN w INT"; do
    mariadb_sql "$db" -e "SET SESSION binlog_alter_two_phase = ON; ALTER TABLE m $change" 2>/dev/null || true
done
same "columns and keys of m" "id|v|w|PRIMARY" "$(mariadb_sql -e "SELECT GROUP_CONCAT(column_name ORDER BY
    ordinal_position SEPARATOR '|') FROM information_schema.columns WHERE table_schema = '$db';
    SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema = '$db'" | paste -sd '|')"
same "the binlog" "START ALTER
ALTER TABLE m ADD UNIQUE one (v)
ROLLBACK ALTER
ALTER TABLE m ADD UNIQUE one (v)
START ALTER
ALTER TABLE m ADD COLUMN w INT
COMMIT ALTER
ALTER TABLE m ADD COLUMN w INT" "$(mariadb_sql -e "SHOW BINLOG EVENTS IN '$file'" | cut -f 6 | grep ALTER |
    sed -E 's/^use `[^`]*`; //; s/^(BEGIN )?GTID [^ ]+ (START|ROLLBACK|COMMIT) ALTER.*/\2 ALTER/')"
stands
