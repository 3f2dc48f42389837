package io.iotdbmigrate.mysql;

import com.mysql.cj.MysqlType;
import com.mysql.cj.result.Field;
import io.iotdbmigrate.model.MySqlType;

/**
 * The test whether the values of a query's column come as a {@link RowDecoder} takes them for. The
 * types are those of MySQL's "Protocol::ColumnDefinition", which knows several for a text, and not
 * the same one for each text a view computes.
 */
final class ProtocolType {
    /** Number of the collation {@code binary}. */
    private static final int BINARY = 63;

    private ProtocolType() {}

    /** Tells whether what is sent is of this type, its length aside. */
    static boolean matches(MySqlType type, Field sent) {
        int id = sent.getMysqlTypeId();
        return switch (type.kind()) {
            case TINYINT -> id == MysqlType.FIELD_TYPE_TINY && hasSignOf(type, sent);
            case SMALLINT -> id == MysqlType.FIELD_TYPE_SHORT && hasSignOf(type, sent);
            case MEDIUMINT -> id == MysqlType.FIELD_TYPE_INT24 && hasSignOf(type, sent);
            case INT -> id == MysqlType.FIELD_TYPE_LONG && hasSignOf(type, sent);
            case BIGINT -> id == MysqlType.FIELD_TYPE_LONGLONG && hasSignOf(type, sent);
            case YEAR -> id == MysqlType.FIELD_TYPE_YEAR;
            case BIT -> id == MysqlType.FIELD_TYPE_BIT;
            case FLOAT -> id == MysqlType.FIELD_TYPE_FLOAT;
            case DOUBLE -> id == MysqlType.FIELD_TYPE_DOUBLE;
            case DECIMAL -> id == MysqlType.FIELD_TYPE_NEWDECIMAL;
            case DATE -> id == MysqlType.FIELD_TYPE_DATE;
            case DATETIME -> id == MysqlType.FIELD_TYPE_DATETIME;
            case TIMESTAMP -> id == MysqlType.FIELD_TYPE_TIMESTAMP;
            case TIME -> id == MysqlType.FIELD_TYPE_TIME;
            case JSON -> id == MysqlType.FIELD_TYPE_JSON;
            case CHAR, VARCHAR, TEXT, ENUM, SET ->
                    isString(id) && sent.getCollationIndex() != BINARY;
            case BINARY, VARBINARY, BLOB -> isString(id) && sent.getCollationIndex() == BINARY;
            case UUID, INET4, INET6 -> isString(id);
            case UNSUPPORTED -> false;
        };
    }

    private static boolean hasSignOf(MySqlType type, Field sent) {
        return type.unsigned() == sent.isUnsigned();
    }

    private static boolean isString(int id) {
        return id == MysqlType.FIELD_TYPE_VARCHAR
                || (id >= MysqlType.FIELD_TYPE_ENUM && id <= MysqlType.FIELD_TYPE_STRING);
    }
}
