package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.verify.Buckets;
import io.iotdbmigrate.verify.SideRow.Side;
import io.iotdbmigrate.verify.SideSums;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.InstantiationUtil;

/**
 * What the jobs leave in the work folder: records of the sums, and of the rows that were looked at.
 * Format of both: length and bytes of a record, over and over.
 */
public final class VerifyFiles {
    private VerifyFiles() {}

    /** What one reader of one side came to. */
    record Part(Side side, SideSums sums) implements Serializable {}

    static Path sums(VerifySpec spec) {
        return new Path(spec.source().workDir(), "sums");
    }

    static Path results(VerifySpec spec) {
        return new Path(spec.source().workDir(), "results");
    }

    /** Reads both sides' sums over all readers. */
    public static Map<Side, SideSums> readSums(VerifySpec spec) throws IOException {
        Map<Side, SideSums> all = new EnumMap<>(Side.class);
        Buckets buckets = spec.buckets();
        for (Side side : Side.values()) {
            all.put(side, new SideSums(Collections.nCopies(spec.units().size(), buckets)));
        }
        read(
                sums(spec),
                Part.class,
                part -> {
                    SideSums of = all.get(part.side());
                    if (of != null) {
                        of.add(part.sums());
                    }
                });
        return all;
    }

    /** Hands on what became of the keys that were looked at, in no order. */
    public static void readResults(VerifySpec spec, Sink<RowResult> sink) throws IOException {
        read(results(spec), RowResult.class, sink);
    }

    /** A sink that takes records one by one. */
    @FunctionalInterface
    public interface Sink<T> {
        void accept(T record) throws IOException;
    }

    private static <T> void read(Path file, Class<T> type, Sink<T> sink) throws IOException {
        try (InputStream raw = file.getFileSystem().open(file);
                DataInputStream in = new DataInputStream(new BufferedInputStream(raw, 1 << 16))) {
            for (int length = length(in); length >= 0; length = length(in)) {
                byte[] record = new byte[length];
                in.readFully(record);
                sink.accept(
                        type.cast(
                                InstantiationUtil.deserializeObject(
                                        record, VerifyFiles.class.getClassLoader())));
            }
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static int length(DataInputStream in) throws IOException {
        try {
            return in.readInt();
        } catch (EOFException end) {
            return -1;
        }
    }
}
