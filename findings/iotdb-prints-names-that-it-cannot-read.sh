#!/usr/bin/env bash
# Expected: a path as SHOW DEVICES or SHOW TIMESERIES prints it is taken by SELECT and DELETE. The manual
# reserves root, time and timestamp, and says that all other words of letters need no backticks.
# Seen: a device or a measurement that is called region, exists, if or verbose is printed without backticks,
# and without them every statement about it is a syntax error (700). Measurements that are called true,
# false, null or nan are constants in SELECT (701). With backticks all of them are names. Each of the
# grammar's 298 words was tried; the grammars of other versions have a few others.
# iotdb-migrate writes these words with backticks everywhere, and compares names in one form (PathNode,
# PathNodeTest, TargetIT).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, tree model" "what SHOW DEVICES and SHOW TIMESERIES print can be asked for" \
    "of devices and measurements named region, exists, if, verbose, and measurements true, null, nan it cannot"
start_iotdb
seen=$(iotdb_sql tree UTC <<SQL
create database root.$db
insert into root.$db.\`region\`(time, \`region\`, \`true\`, level) aligned values (1, 10, 20, 30)
show devices root.$db.**
show timeseries root.$db.** where timeseries contains 'true'
select level from root.$db.region
select level from root.$db.\`region\`
select region from root.$db.\`region\`
select true from root.$db.\`region\`
select \`region\`, \`true\` from root.$db.\`region\`
delete from root.$db.region.level where time = 1
delete database root.$db
SQL
)
seen=${seen//root.$db/root.plant}
same "devices; a series; level; level; region; true; both in backticks; DELETE" "root.plant.region ...
root.plant.region.true ...
error 700
1 30.0
error 700
error 701
1 10.0 20.0
error 700" "$(sed -E 's/^(root\.plant\.region[.a-z]*) .*/\1 .../' <<<"$seen")"
stands
