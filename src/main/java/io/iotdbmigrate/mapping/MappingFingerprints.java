package io.iotdbmigrate.mapping;

import io.iotdbmigrate.config.MappingConfig.OnInvalid;
import io.iotdbmigrate.model.Column;
import io.iotdbmigrate.model.Fingerprint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What of each mapping decides where values end up and in which form: it must not change while a
 * replication goes on. How changes are dealt with may.
 */
public final class MappingFingerprints {
    private MappingFingerprints() {}

    /**
     * Makes the fingerprints.
     *
     * @return by {@code database.table}; of a table with several mappings, theirs one after the
     *     other
     */
    public static Map<String, String> of(List<TableMapping> mappings) {
        Map<String, String> prints = new LinkedHashMap<>();
        for (TableMapping mapping : mappings) {
            prints.merge(
                    mapping.table().database() + "." + mapping.table().table(),
                    of(mapping),
                    String::concat);
        }
        return prints;
    }

    /** Makes the fingerprint of one mapping. */
    public static String of(TableMapping mapping) {
        Fingerprint print = new Fingerprint();
        add(print, mapping);
        return print.hex();
    }

    /** Adds what decides about the places and forms of a mapping's values. */
    public static void add(Fingerprint print, TableMapping mapping) {
        for (Column column : mapping.columns()) {
            print.add("column", column.name())
                    .add("type", column.type().declared().toUpperCase(Locale.ROOT));
        }
        if (mapping.device() instanceof TagNaming tags) {
            print.add("table", tags.table());
            tags.tags().forEach(tag -> tag(print, tag));
            if (tags.pivot()) {
                print.add("pivot", true);
            }
        } else {
            template(print, mapping.template());
        }
        time(print, mapping.time());
        if (!mapping.filter().isEveryRow()) {
            print.add("where", mapping.filter().text());
        }
        print.add("aligned", mapping.aligned())
                .add("zone", mapping.zone().getId())
                .add("precision", mapping.precision().name());
        for (TableMapping.Measurement measurement : mapping.measurements()) {
            print.add("measurement", measurement.name())
                    .add("of column", measurement.column())
                    .add("type", measurement.type().name());
            if (measurement.onInvalid() == OnInvalid.SKIP) {
                print.add("on invalid", measurement.onInvalid().name());
            }
        }
        for (TableMapping.Measurement attribute : mapping.attributes()) {
            print.add("attribute", attribute.name()).add("of column", attribute.column());
            if (attribute.lookup() != null) {
                print.add("looked up", attribute.lookup().reference());
            }
        }
    }

    /** Adds the content of look-ups: rows that were named by it are not named otherwise. */
    public static void addNames(Fingerprint print, TableMapping mapping) {
        for (String column : mapping.device().columns()) {
            mapping.device().lookups(column).forEach(l -> print.add("content", l.hash()));
        }
    }

    private static void tag(Fingerprint print, TagNaming.Tag tag) {
        print.add("tag", tag.name());
        if (tag.column() != null) {
            print.add("of", tag.column());
        }
        if (tag.text() != null) {
            print.add("always", tag.text());
        }
        if (tag.lookup() != null) {
            print.add("looked up", tag.lookup().reference());
        }
    }

    private static void template(Fingerprint print, DeviceTemplate template) {
        for (TemplateNode node : template.nodes()) {
            print.add("parts", node.parts().size());
            if (node.splits()) {
                print.add("separator", node.separator());
            }
            for (TemplateNode.Part part : node.parts()) {
                print.add(part.isColumn() ? "by column" : "text", part.text());
                Lookup lookup = part.lookup();
                if (lookup != null) {
                    print.add("looked up", lookup.reference());
                }
            }
        }
    }

    private static void time(Fingerprint print, RowTime time) {
        print.add("time", time.columns().get(0))
                .add("unit", time instanceof RowTime.Count count ? count.unit().name() : "");
        if (time instanceof RowTime.CountAndFraction count) {
            print.add("fraction", count.fraction())
                    .add("units", count.unit() + " " + count.fractionUnit());
        } else if (time instanceof RowTime.DateAndTime pair) {
            print.add("time of day", pair.time());
        } else if (time instanceof RowTime.Text text) {
            print.add("format", text.format());
        }
    }
}
