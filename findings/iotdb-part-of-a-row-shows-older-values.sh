#!/usr/bin/env bash
# Expected: a query answers for each column of a row the value that was written last.
# Seen: it answers an older one, which was overwritten, once another column of that row and of the row before
# is written: three files, the newest has the two rows without the column, the one before it has the second
# row alone. A query of the column alone, or of the second row alone, is right. No deletion, no compaction.
# So in tables and in aligned devices of the tree, and it does not go away by itself.
# The documentation says that a later write of the same time overwrites the earlier one.
# iotdb-migrate writes the rows of pivoted tables, and those that it marks as deleted, whole
# (src/docs/table-model.md, src/docs/replication.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta" \
    "a value that was overwritten is never read again" \
    "it is, when another column of its row and of the row before it is written"
start_iotdb
seen=$(iotdb_sql table UTC <<SQL
create database t_$db
use t_$db
create table m (d string tag, a int32 field, b int32 field)
insert into m (time, d, a) values (2, 'x', 10), (3, 'x', 10)
flush
insert into m (time, d, a) values (3, 'x', 20)
flush
select time, a, b from m
insert into m (time, d, b) values (2, 'x', 7), (3, 'x', 7)
flush
select time, a, b from m
select time, a from m where time = 3
drop database t_$db
SQL
)
same "table model: before, after, and the second row alone" $'2 10 null\n3 20 null\n2 10 7\n3 10 7\n3 20' "$seen"
seen=$(iotdb_sql tree UTC <<SQL
create aligned timeseries root.$db.d(a int32, b int32)
insert into root.$db.d(timestamp, a) aligned values (2, 10), (3, 10)
flush
insert into root.$db.d(timestamp, a) aligned values (3, 20)
flush
insert into root.$db.d(timestamp, b) aligned values (2, 7), (3, 7)
flush
select a, b from root.$db.d
select a from root.$db.d
SQL
)
same "tree model, aligned: after, and the column alone" $'2 10 7\n3 10 7\n2 10\n3 20' "$seen"
seen=$(iotdb_sql tree UTC <<SQL
create timeseries root.$db.s.a int32
create timeseries root.$db.s.b int32
insert into root.$db.s(timestamp, a) values (2, 10), (3, 10)
flush
insert into root.$db.s(timestamp, a) values (3, 20)
flush
insert into root.$db.s(timestamp, b) values (2, 7), (3, 7)
flush
select a, b from root.$db.s
SQL
)
same "tree model, not aligned: after" $'2 10 7\n3 20 7' "$seen"
stands
