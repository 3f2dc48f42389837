package io.iotdbmigrate.mapping;

import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.model.TableKey;
import io.iotdbmigrate.model.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns and tables written as in a CREATE TABLE, for tests without a server. */
public final class Columns {
    private static final Pattern TYPE = Pattern.compile("(\\w+)(?:\\(([^)]*)\\))?(.*)");

    private Columns() {}

    /** A type as {@code information_schema} writes it, e.g. {@code decimal(10,2) unsigned}. */
    public static MySqlType type(String declared) {
        Matcher m = TYPE.matcher(declared);
        if (!m.matches()) {
            throw new IllegalArgumentException(declared);
        }
        Kind kind = kind(m.group(1));
        long length = 0;
        int scale = 0;
        if (m.group(2) != null && !kind.isInteger() && kind != Kind.ENUM && kind != Kind.SET) {
            String[] numbers = m.group(2).split(",", -1);
            length = Long.parseLong(numbers[0]);
            scale = numbers.length > 1 ? Integer.parseInt(numbers[1]) : 0;
        }
        return new MySqlType(kind, length, scale, m.group(3).contains("unsigned"), declared);
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "tinytext", "mediumtext", "longtext" -> Kind.TEXT;
            case "tinyblob", "mediumblob", "longblob" -> Kind.BLOB;
            case "geometry", "point" -> Kind.UNSUPPORTED;
            default -> Kind.valueOf(word.toUpperCase(Locale.ROOT));
        };
    }

    /** A column that is NOT NULL. */
    public static Column column(String name, String declared) {
        return new Column(name, type(declared), false, null, null);
    }

    public static Column nullable(String name, String declared) {
        return new Column(name, type(declared), true, null, null);
    }

    /** Table {@code plant.reading} with {@code id} as its primary key if it has such a column. */
    public static TableSchema table(Column... columns) {
        List<TableKey> keys = new ArrayList<>();
        for (Column column : columns) {
            if (column.name().equals("id")) {
                keys.add(new TableKey(TableKey.PRIMARY, List.of("id"), true));
            }
        }
        return new TableSchema(new TableId("plant", "reading"), List.of(columns), keys, 0);
    }
}
