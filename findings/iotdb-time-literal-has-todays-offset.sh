#!/usr/bin/env bash
# Expected: in a session with the zone Europe/Berlin the literal 2026-07-15T12:00:00 is noon of that
# July day, 10:00 UTC, and IoTDB prints what it was given.
# Seen: each literal without an offset gets the offset that the zone has on the day of the *query*. In
# winter every summer literal is an hour late, in summer every winter literal an hour early, in both
# models, for INSERT and WHERE. The same SELECT finds other rows after the clocks change. Output takes
# the right offset, so the server does not print what it was given.
# apache/iotdb#17433 tells of it, open with a proposal (#17439) in the copies read.
# iotdb-migrate sends times as numbers only (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, iotdb-session 2.0.5" \
    "2026-07-15T12:00:00 in Europe/Berlin is 10:00 UTC, as written, on any day" \
    "a literal takes the zone's offset of today: summer or winter is an hour off"
start_iotdb
today=$(TZ=Europe/Berlin date +%z)
hours=${today:2:1}
winter=$((1768478400000 - hours * 3600000)) # noon UTC of 2026-01-15, less today's offset
summer=$((1784116800000 - hours * 3600000)) # noon UTC of 2026-07-15, less today's offset
found="no row"
if ((hours == 2)); then found="$summer 2.0"; fi

seen=$(iotdb_sql tree Europe/Berlin <<SQL
insert into root.$db.d(timestamp, a) values (2026-01-15T12:00:00, 1)
insert into root.$db.d(timestamp, a) values (2026-07-15T12:00:00, 2)
select a from root.$db.d
select a from root.$db.d where time = 2026-07-15T12:00:00+02:00
SQL
)
same "tree model: January, July, July asked with its own offset (today $today)" \
    "$winter 1.0"$'\n'"$summer 2.0"$'\n'"$found" "$seen"

seen=$(iotdb_sql table Europe/Berlin <<SQL
create database t_$db
use t_$db
create table m (d string tag, a int64 field)
insert into m (time, d, a) values (2026-01-15T12:00:00, 'x', 1), (2026-07-15T12:00:00, 'x', 2)
select time, a, cast(time as string) from m order by time
drop database t_$db
SQL
)
same "table model: instant, value, the instant as text" \
    "$winter 1 2026-01-15T$((13 - hours)):00"$'\n'"$summer 2 2026-07-15T$((14 - hours)):00" "$seen"
stands
