#!/usr/bin/env bash
# Expected: a misspelt column is an error, count() of something empty is one row with 0, and count(time)
# counts rows, as it does in IoTDB's own table model.
# Seen in the tree model: SELECT leaves a misspelt series out of the answer, so columns move to the left;
# count() of it gives no row at all; count(time) is taken for a series called "time", which can never
# exist, and gives no row either (count_time(*) is meant); IS NULL on it holds for every row.
# A check that adds up what comes back says "nothing there" instead of "wrong question".
# iotdb-migrate reads columns by name and counts with count(series) it created (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, tree model against table model" \
    "an unknown column is an error; count(time) is 2; an empty count is 0" \
    "unknown columns vanish, their counts give no row, count(time) too; the table model does as guessed"
start_iotdb
seen=$(iotdb_sql tree UTC <<SQL
insert into root.$db.d(timestamp, a, b) values (1, 10, 20)
insert into root.$db.d(timestamp, a, b) values (2, 11, 21)
select a, misspelt, b from root.$db.d where time = 1
select count(misspelt) from root.$db.d
select count(time) from root.$db.d
select count_time(*) from root.$db.d
select a from root.$db.d where misspelt is null and time = 1
SQL
)
same "tree model: three columns asked; count(misspelt); count(time); count_time(*); IS NULL" "1 10.0 20.0
no row
no row
2
1 10.0" "$seen"
seen=$(iotdb_sql table UTC <<SQL
create database t_$db
use t_$db
create table m (d string tag, a int64 field)
insert into m (time, d, a) values (1, 'x', 10), (2, 'x', 11)
select a, misspelt from m
select count(time) from m
select count(time) from m where a = 12
drop database t_$db
SQL
)
same "table model: misspelt; count(time); count(time) of nothing" $'error 616\n2\n0' "$seen"
stands
