#!/usr/bin/env bash
# Expected: a session that is opened with a time limit of three seconds, and with maxRetryCount(0), gives up
# after three seconds where the other side takes the connection and says nothing, as a stopped server does.
# Seen: the limit is one of each answer, and opening asks four times, on connections of its own, whatever
# maxRetryCount says. So it ends after four times the limit, in both models.
# A command that is to say "away" within a bound has to keep the time itself, or ask for a fourth of it.
# iotdb-migrate's status gives 10 s and asks a silent server once (src/docs/surprises.md).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "iotdb-session 2.0.5, both models" \
    "with maxRetryCount(0), opening gives up after its time limit" \
    "it gives up after four times the limit"
jars iotdb org.apache.iotdb:iotdb-session:2.0.5 org.slf4j:slf4j-nop:2.0.16
same "how many times the limit of 3 s an opening took" $'tree: 4\ntable: 4' \
    "$(run_java iotdb "$lib/IotdbSilence.java" 3000)"
stands
