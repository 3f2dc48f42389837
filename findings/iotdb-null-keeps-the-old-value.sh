#!/usr/bin/env bash
# Expected: writing a row again with NULL in a column sets that column to NULL: the last write wins.
# Seen: in both models NULL means "not told", and the older value stays. In the table model nothing else
# sets one FIELD to NULL either: UPDATE is for attributes, DELETE takes no column. Only deleting the row
# and writing it again does.
# iotdb-migrate turns an UPDATE ... SET x = NULL into a deletion of that point (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta" \
    "INSERT of (time, NULL) over (time, 5) leaves NULL" \
    "the 5 stays, in both models; the table model has no statement that clears one FIELD"
start_iotdb
seen=$(iotdb_sql tree UTC <<SQL
insert into root.$db.d(timestamp, a, b) values (1, 5, 5)
insert into root.$db.d(timestamp, a, b) values (1, null, 6)
select a, b from root.$db.d
delete from root.$db.d.a where time = 1
select a, b from root.$db.d
SQL
)
same "tree model: (5, 5), then (NULL, 6); after DELETE of the point" $'1 5.0 6.0\n1 null 6.0' "$seen"
seen=$(iotdb_sql table UTC <<SQL
create database t_$db
use t_$db
create table m (d string tag, a int64 field, b int64 field)
insert into m (time, d, a, b) values (1, 'x', 5, 5)
insert into m (time, d, a, b) values (1, 'x', null, 6)
select a, b from m
update m set a = null where d = 'x'
select a, b from m
drop database t_$db
SQL
)
same "table model: the same; UPDATE ... SET a = NULL; what is left" $'5 6\nerror 701\n5 6' "$seen"
stands
