#!/usr/bin/env bash
# Expected: what the connector writes into a checkpoint it reads again, or it refuses the name at the start.
# Seen: a table, or a database, whose name begins or ends with a double quote is followed, and checkpoints
# are written. They cannot be read, or have another table: the name is put between double quotes unless it
# has one at an end already, and is parsed as if it had both. So the first restart of the job ends it for
# good. Quotes in the middle of a name do no harm, nor do commas, dots, backticks and apostrophes.
# The serializer is the one by which the reader of the binlog keeps the definitions of its tables.
# iotdb-migrate refuses such names in check and before cdc begins (ConnectorNames, ConnectorNamesTest).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "Flink CDC 3.5.0 (flink-sql-connector-mysql-cdc)" \
    'the state of a reader of the table plant.`line "A"` is read again' \
    'it is written without an error; to read it is an IllegalArgumentException, or gives another table'
cdc_jars
same "names that were written and read again" "reading: read
a.b,c\`d'e: read
line \"A\" out: read
line \"A\": Unexpected input: \"
\"A\" line: Unexpected input: l
\"A\": another table is read
database line \"A\": Unexpected input: \"" \
    "$(run_java cdc "$lib/CdcTableNames.java" reading "a.b,c\`d'e" 'line "A" out' 'line "A"' '"A" line' '"A"' \
        'database line "A"')"
stands
