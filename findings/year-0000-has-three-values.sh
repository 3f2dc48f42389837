#!/usr/bin/env bash
# Expected: YEAR 0000 is 0 for everybody who reads it.
# Seen: MySQL says 0, Connector/J says 0 for getInt but 2000-01-01 for getString and getObject, and Flink
# CDC says 1900. A copy by JDBC and the changes behind it disagree about the same untouched row.
# Connector/J's yearIsDateType (default true) is documented, the year 2000 is not. The 1900: osheroff/mysql-binlog-connector-java#183.
# iotdb-migrate: backfill reads the number, cdc turns 1900 into 0 (StructDecoder, BothPathsIT).
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/lib/common.bash"
finding "MySQL 8.0.33, Connector/J 8.4.0, Flink CDC 3.5.0" \
    "a stored YEAR 0000 is 0 by every way" \
    "0 in MySQL, 0 and 2000 in Connector/J, 1900 in Flink CDC"
start_mysql
position=$(mysql_position)
mysql_sql -e "DROP DATABASE IF EXISTS $db; CREATE DATABASE $db; USE $db;
    CREATE TABLE m (y YEAR PRIMARY KEY); INSERT INTO m VALUES (0), (1901)"
same "MySQL" $'0000\n1901' "$(mysql_sql "$db" -e 'SELECT y FROM m ORDER BY y')"
jars connectorj com.mysql:mysql-connector-j:8.4.0
cat >"$work/$name.java" <<'JAVA'
import java.sql.*;
class Probe {
    public static void main(String[] url) throws Exception {
        try (ResultSet row = DriverManager.getConnection(url[0]).createStatement().executeQuery("SELECT y FROM m ORDER BY y")) {
            while (row.next()) {
                System.out.println(row.getInt(1) + " " + row.getString(1) + " " + row.getObject(1));
            }
        }
    }
}
JAVA
same "Connector/J: getInt, getString, getObject" $'0 2000-01-01 2000-01-01\n1901 1901-01-01 1901-01-01' \
    "$(run_java connectorj "$work/$name.java" "jdbc:mysql://127.0.0.1:$mysql_port/$db?user=finder&password=finder")"
same "Flink CDC" $'{"y":1900}\n{"y":1901}' "$(follow_binlog "$position")"
stands
