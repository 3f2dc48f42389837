#!/usr/bin/env bash
# Expected: a row is known by all its TAGs and its time, so a DELETE that leaves a TAG out means the
# device whose TAG is NULL, or is refused.
# Seen: a TAG that is not named means *any* value: DELETE ... WHERE plant = 'p' AND time = 1 takes the
# row of every device of the plant. The device without a machine is deleted alone with machine IS NULL
# only; null, '' and 'null' are three devices that print alike or nearly so.
# For iotdb-migrate's table model: name every TAG, IS NULL included (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, table model" \
    "DELETE with plant = 'p' and no machine deletes the row without a machine" \
    "it deletes the row of every machine; IS NULL is needed for the one without"
start_iotdb
rows="insert into m (time, plant, machine, a) values (1, 'p', 'a', 1), (1, 'p', '', 2), (1, 'p', null, 3)"
seen=$(iotdb_sql table UTC <<SQL
create database t_$db
use t_$db
create table m (plant string tag, machine string tag, a int64 field)
$rows
select count(*) from m
delete from m where plant = 'p' and machine is null and time = 1
select a from m order by a
$rows
delete from m where plant = 'p' and time = 1
select count(*) from m
drop database t_$db
SQL
)
same "rows; left after machine IS NULL; left after naming the plant only" $'3\n1\n2\n0' "$seen"
stands
