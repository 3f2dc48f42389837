package io.iotdbmigrate.iotdb.tree;

import io.iotdbmigrate.mapping.SeriesPath;
import io.iotdbmigrate.mapping.TableMapping;
import io.iotdbmigrate.mapping.TableMapping.Measurement;
import io.iotdbmigrate.model.TargetType;
import java.util.List;
import java.util.function.Function;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.rpc.TSStatusCode;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.file.metadata.enums.CompressionType;
import org.apache.tsfile.file.metadata.enums.TSEncoding;

/** The making of a mapping's series. */
final class TreeSchema {
    private TreeSchema() {}

    /**
     * Tells whether series must be created before the first write because the server's defaults are
     * not what is wanted.
     */
    static boolean isExplicit(TableMapping mapping) {
        return mapping.measurements().stream()
                .anyMatch(m -> m.encoding() != null || m.compression() != null);
    }

    /** Creates the series of one device; those that exist already stay as they are. */
    static void create(Session session, TableMapping mapping, String device)
            throws IoTDBConnectionException, StatementExecutionException {
        List<TSDataType> types = map(mapping, m -> TSDataType.valueOf(m.type().name()));
        List<TSEncoding> encodings =
                map(
                        mapping,
                        m ->
                                m.encoding() == null
                                        ? defaultEncoding(m.type())
                                        : TSEncoding.valueOf(m.encoding()));
        List<CompressionType> compressions =
                map(
                        mapping,
                        m ->
                                m.compression() == null
                                        ? CompressionType.LZ4
                                        : CompressionType.valueOf(m.compression()));
        try {
            if (mapping.aligned()) {
                session.createAlignedTimeseries(
                        SeriesPath.holder(device, mapping.measurements().get(0).name()),
                        map(mapping, m -> SeriesPath.node(device, m.name())),
                        types,
                        encodings,
                        compressions,
                        null);
            } else {
                session.createMultiTimeseries(
                        map(mapping, m -> SeriesPath.of(device, m.name())),
                        types,
                        encodings,
                        compressions,
                        null,
                        null,
                        null,
                        null);
            }
        } catch (StatementExecutionException e) {
            if (e.getStatusCode() != TSStatusCode.TIMESERIES_ALREADY_EXIST.getStatusCode()) {
                throw e;
            }
        }
    }

    /** Chooses as the server chooses in its default configuration. */
    private static TSEncoding defaultEncoding(TargetType type) {
        return switch (type) {
            case BOOLEAN -> TSEncoding.RLE;
            case INT32, INT64, DATE, TIMESTAMP -> TSEncoding.TS_2DIFF;
            case FLOAT, DOUBLE -> TSEncoding.GORILLA;
            case TEXT, STRING, BLOB -> TSEncoding.PLAIN;
        };
    }

    private static <T> List<T> map(TableMapping mapping, Function<Measurement, T> f) {
        return mapping.measurements().stream().map(f).toList();
    }
}
