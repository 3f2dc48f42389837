#!/usr/bin/env bash
# Expected: the table model takes rows of many devices in one tablet as they come, which is its natural way. The order
# of the rows in it makes little difference, with 5,000 devices or with 50,000.
# Seen: so it is with 5,000. With 50,000, tablets that go through all devices in turn take several times as long as
# tablets that have some devices each. All devices were written once before, so none is new to the server.
# More of the DataNode's memory for schemas did not help (2:1:5:1:0:1 instead of 3:3:1:1:1:1).
# iotdb-migrate gathers rows by device before it sends them (src/docs/performance.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "IoTDB 2.0.1-beta, iotdb-session 2.0.5, table model" \
    "the order of rows in tablets of many devices makes little difference" \
    "with very many devices, rows that go through them in turn take several times as long"
start_iotdb
seen=$(run_java iotdb "$lib/IotdbTabletOrder.java" "$iotdb_port" 5000)
same "5,000 devices" alike "$seen"
seen=$(run_java iotdb "$lib/IotdbTabletOrder.java" "$iotdb_port" 50000)
same "50,000 devices" slower "$seen"
stands
