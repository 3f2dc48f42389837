package io.iotdbmigrate.mysql.rows;

import io.iotdbmigrate.config.MySqlConfig;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.model.MySqlType;
import io.iotdbmigrate.model.MySqlType.Kind;
import io.iotdbmigrate.model.SqlName;
import io.iotdbmigrate.mysql.MySqlConnections;
import io.iotdbmigrate.mysql.rows.PointSql.Condition;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Values of a foreign key's columns, as texts that a checkpoint can hold: numbers and dates as they
 * stand in a device's name, texts and bytes as the bytes of the binlog in hex. Which texts are
 * equal is a matter of their collation, so MySQL decides it.
 */
public final class KeyValues {
    private static final int TEXTS_AT_ONCE = 500;

    /** What the binlog client makes of the year 0000; no YEAR is 1900. */
    private static final int NO_YEAR = 1900;

    private KeyValues() {}

    private static boolean isText(Kind kind) {
        return kind == Kind.CHAR || kind == Kind.VARCHAR;
    }

    /**
     * Tells a value of a column.
     *
     * @param value as the binlog client has it
     * @return empty for a null
     */
    public static Optional<String> of(Serializable value, MySqlType type) {
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal.toPlainString());
        }
        if (value instanceof byte[] bytes) {
            // The binlog leaves out the zeros that end a BINARY.
            byte[] whole =
                    type.kind() == Kind.BINARY && bytes.length < type.length()
                            ? Arrays.copyOf(bytes, (int) type.length())
                            : bytes;
            return Optional.of(HexFormat.of().formatHex(whole));
        }
        if (value instanceof Year year) {
            int known = year.getValue() == NO_YEAR ? 0 : year.getValue();
            return Optional.of(String.format(Locale.ROOT, "%04d", known));
        }
        if (value instanceof LocalDate date) {
            return Optional.of(date.toString());
        }
        if (value instanceof Number number) {
            return Optional.of(
                    type.unsigned()
                            ? Long.toUnsignedString(unsigned(number.longValue(), type.kind()))
                            : number.toString());
        }
        return Optional.empty();
    }

    /** Returns a number as the column has it: the client takes all for signed ones. */
    private static long unsigned(long value, Kind kind) {
        return switch (kind) {
            case TINYINT -> value & 0xFF;
            case SMALLINT -> value & 0xFFFF;
            case MEDIUMINT -> value & 0xFF_FFFF;
            case INT -> value & 0xFFFF_FFFFL;
            default -> value;
        };
    }

    /** The character set and the collation of a column of texts. */
    private record Texts(String charset, String collation) {
        /**
         * Asks for those of a column.
         *
         * @throws SQLException with MySQL's own number, if there is no such table
         */
        static Texts of(Connection connection, TableMapping mapping, String column)
                throws SQLException {
            try (PreparedStatement select =
                    connection.prepareStatement(
                            "SELECT character_set_name, collation_name FROM"
                                    + " information_schema.columns WHERE table_schema = ? AND"
                                    + " table_name = ? AND column_name = ?")) {
                select.setString(1, mapping.table().database());
                select.setString(2, mapping.table().table());
                select.setString(3, column);
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        return new Texts(row.getString(1), row.getString(2));
                    }
                }
            }
            requireColumn(connection, mapping, column);
            throw new SQLException(mapping.table() + " does not tell of column " + column);
        }

        /** Has MySQL itself say what is missing: it hides columns from some users, too. */
        private static void requireColumn(
                Connection connection, TableMapping mapping, String column) throws SQLException {
            try (Statement select = connection.createStatement()) {
                select.executeQuery(
                                "SELECT "
                                        + SqlName.quote(column)
                                        + " FROM "
                                        + mapping.table().quoted()
                                        + " LIMIT 0")
                        .close();
            }
        }

        /** Returns what stands for bytes in hex; a parameter is one of them. */
        String ofHex() {
            return "CONVERT(UNHEX(?) USING " + charset + ") COLLATE " + collation;
        }

        /** Returns what stands for a text; a parameter is one. */
        String ofText() {
            return "CONVERT(? USING " + charset + ") COLLATE " + collation;
        }
    }

    private static MySqlType type(TableMapping mapping, String column) {
        return mapping.columns().get(mapping.columnIndex(column)).type();
    }

    /** Returns the condition that columns have these values. */
    static Condition equal(
            Connection connection, TableMapping mapping, List<String> columns, List<String> values)
            throws SQLException {
        List<String> terms = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            Kind kind = type(mapping, column).kind();
            boolean number = kind.isInteger() || kind == Kind.DECIMAL || kind == Kind.YEAR;
            String value =
                    isText(kind)
                            ? Texts.of(connection, mapping, column).ofHex()
                            : kind.isBinary() ? "UNHEX(?)" : "?";
            terms.add(SqlName.quote(column) + " = " + value);
            parameters.add(number ? new BigDecimal(values.get(i)) : values.get(i));
        }
        return new Condition(String.join(" AND ", terms), parameters);
    }

    /**
     * Finds those of the texts in devices' names that are values of a column which is equal to one.
     *
     * @param value see {@link KeyValues}
     * @return none, if MySQL has the table of a pattern no more and cannot say
     * @throws IOException if MySQL is away
     */
    public static Set<String> equal(
            MySqlConfig config,
            TableMapping mapping,
            String column,
            String value,
            Collection<String> texts)
            throws IOException {
        if (!isText(type(mapping, column).kind())) {
            return texts.contains(value) ? Set.of(value) : Set.of();
        }
        Set<String> equal = new HashSet<>();
        List<String> all = List.copyOf(Set.copyOf(texts));
        try (Connection own = MySqlConnections.connect(config)) {
            Texts form = Texts.of(own, mapping, column);
            for (int from = 0; from < all.size(); from += TEXTS_AT_ONCE) {
                List<String> some = all.subList(from, Math.min(all.size(), from + TEXTS_AT_ONCE));
                addEqual(own, form, value, some, equal);
            }
        } catch (SQLException e) {
            if (DuplicateRows.isGone(mapping, e)) {
                return Set.of();
            }
            throw new IOException("cannot read from MySQL: " + e.getMessage(), e);
        }
        return equal;
    }

    private static void addEqual(
            Connection own, Texts form, String value, List<String> texts, Set<String> equal)
            throws SQLException {
        String select =
                Collections.nCopies(
                                texts.size(),
                                "SELECT ? FROM DUAL WHERE " + form.ofText() + " = " + form.ofHex())
                        .stream()
                        .collect(Collectors.joining(" UNION ALL "));
        try (PreparedStatement statement = own.prepareStatement(select)) {
            int at = 1;
            for (int i = 0; i < texts.size(); i++) {
                statement.setInt(at++, i);
                statement.setString(at++, texts.get(i));
                statement.setString(at++, value);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    equal.add(texts.get(row.getInt(1)));
                }
            }
        }
    }
}
