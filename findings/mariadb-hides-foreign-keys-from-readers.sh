#!/usr/bin/env bash
# Expected: who may SELECT from a table sees its foreign keys in information_schema, as in MySQL.
# Seen: in MariaDB information_schema.referential_constraints is empty for such a user, without an error,
# until it has REFERENCES or another right than SELECT. A guard that asks there whether a foreign key
# cascades finds that there is none.
# iotdb-migrate takes keys that it cannot see for cascading ones, and asks for REFERENCES
# (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
start_mysql
start_mariadb
finding "MySQL 8.0.33, MariaDB $(mariadb_sql -e 'SELECT VERSION()')" \
    "with SELECT on both tables, a foreign key is in information_schema.referential_constraints" \
    "it is in MySQL; in MariaDB only with another right than SELECT, such as REFERENCES"
create="DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; USE $db;
    CREATE TABLE parent (id INT PRIMARY KEY);
    CREATE TABLE child (id INT, FOREIGN KEY (id) REFERENCES parent (id) ON DELETE CASCADE);
    CREATE USER IF NOT EXISTS reader@'127.0.0.1' IDENTIFIED BY 'reader';
    GRANT SELECT ON $db.* TO reader@'127.0.0.1'"
count="SELECT COUNT(*) FROM information_schema.referential_constraints WHERE constraint_schema = '$db'"
mysql_sql -e "$create"
mariadb_sql -e "$create"
as_reader() { "$@" --user=reader --password=reader --host=127.0.0.1 --protocol=tcp -e "$count" 2>/dev/null; }
same "foreign keys that a reader sees in MySQL" 1 "$(as_reader mysql_sql --port="$mysql_port")"
same "foreign keys that a reader sees in MariaDB" 0 "$(as_reader mariadb_sql --port="$mariadb_port")"
mariadb_sql -e "GRANT REFERENCES ON $db.* TO reader@'127.0.0.1'"
same "the same with REFERENCES" 1 "$(as_reader mariadb_sql --port="$mariadb_port")"
stands
