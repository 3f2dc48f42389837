package io.iotdbmigrate.mysql.binlog;

import io.iotdbmigrate.model.TableId;
import io.iotdbmigrate.mysql.CascadingKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a statement says of foreign keys; nothing, if it defines no table. */
public final class KeyClauses {
    /** Stands in a name that MySQL gave a key, between its child's name and a number. */
    public static final String GIVEN = "_ibfk_";

    private static final String RESTRICT = "RESTRICT";

    private final StatementTokens tokens;

    KeyClauses(StatementTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * A key that it takes away.
     *
     * @param name as the statement has it
     */
    public record Dropped(TableId child, String name) {
        /** Tells whether it is this key. */
        public boolean is(CascadingKeys.Key key) {
            return isOfChild(key) && key.name().equalsIgnoreCase(name);
        }

        /** Tells whether it may be this key, which has no name and was given one by MySQL. */
        public boolean mayBe(CascadingKeys.Key key) {
            String given = (child.table() + GIVEN).toLowerCase(Locale.ROOT);
            return isOfChild(key)
                    && key.name().isEmpty()
                    && name.toLowerCase(Locale.ROOT).startsWith(given);
        }

        private boolean isOfChild(CascadingKeys.Key key) {
            return key.child().database().equalsIgnoreCase(child.database())
                    && key.child().table().equalsIgnoreCase(child.table());
        }
    }

    /** Returns the keys that it takes away, and other constraints. */
    public List<Dropped> dropped() {
        List<Dropped> dropped = new ArrayList<>();
        for (int i = 2; altersTable() && i + 2 < tokens.size(); i++) {
            int name =
                    tokens.at(i + 1, "CONSTRAINT")
                            ? i + 2
                            : tokens.at(i + 1, "FOREIGN") && tokens.at(i + 2, "KEY") ? i + 3 : 0;
            if (tokens.at(i, "DROP") && name > 0) {
                name += tokens.at(name, "IF") ? 2 : 0;
                dropped.add(new Dropped(tokens.name(2), tokens.name(name).table()));
            }
        }
        return dropped;
    }

    private boolean altersTable() {
        return tokens.starts("ALTER") && tokens.at(1, "TABLE");
    }

    /**
     * Returns the keys that it makes by which a change of one table changes rows of another. Of
     * their columns nothing is known, and one without a name has an empty one.
     */
    public List<CascadingKeys.Key> cascading() {
        TableId child =
                altersTable()
                        ? tokens.name(2)
                        : new TableNaming(tokens).created().orElse(new TableId("", ""));
        List<CascadingKeys.Key> keys = new ArrayList<>();
        String name = "";
        for (int i = 2; !child.table().isEmpty() && i < tokens.size(); i++) {
            if (tokens.at(i, "CONSTRAINT")) {
                boolean ofKey = tokens.at(i + 2, "FOREIGN") || tokens.at(i + 2, "REFERENCES");
                name = ofKey ? tokens.get(i + 1).text() : "";
            } else if (tokens.at(i, "REFERENCES")) {
                CascadingKeys.Key key =
                        new CascadingKeys.Key(
                                child,
                                name,
                                parent(i + 1, child),
                                rule(i, "DELETE"),
                                rule(i, "UPDATE"),
                                Map.of(),
                                0);
                if (key.cascadesDeletes() || key.cascadesUpdates()) {
                    keys.add(key);
                }
                name = "";
            }
        }
        return keys;
    }

    /** Returns the parent; without a database it is in its child's. */
    private TableId parent(int i, TableId child) {
        TableId said = tokens.name(i);
        return tokens.at(i + 1, ".") ? said : new TableId(child.database(), said.table());
    }

    /** Returns what happens to rows at a change of the parent. */
    private String rule(int references, String change) {
        for (int i = references + 1; i + 2 < tokens.size(); i++) {
            if (tokens.at(i, "REFERENCES")) {
                break;
            }
            if (tokens.at(i, "ON") && tokens.at(i + 1, change)) {
                String rule = tokens.get(i + 2).text().toUpperCase(Locale.ROOT);
                return rule.equals("SET")
                        ? tokens.at(i + 3, "NULL") ? "SET NULL" : "SET DEFAULT"
                        : rule.equals("CASCADE") ? rule : RESTRICT;
            }
        }
        return RESTRICT;
    }
}
