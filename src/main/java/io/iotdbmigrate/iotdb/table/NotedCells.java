package io.iotdbmigrate.iotdb.table;

import io.iotdbmigrate.model.Device;
import io.iotdbmigrate.model.TargetRow;
import io.iotdbmigrate.model.TargetType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The bytes of values in a note: of each its device, its time and itself, all of one type. */
final class NotedCells {
    private NotedCells() {}

    /**
     * Makes the bytes.
     *
     * @param cells with one value each
     * @param mostBytes of a part; a value that is longer is one of its own
     * @return parts in their order, at least one
     */
    static List<byte[]> parts(TargetType type, List<TargetRow> cells, int mostBytes) {
        List<byte[]> parts = new ArrayList<>();
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        for (TargetRow cell : cells) {
            byte[] one = bytes(type, cell);
            if (part.size() > 0 && part.size() + one.length > mostBytes) {
                parts.add(part.toByteArray());
                part.reset();
            }
            part.writeBytes(one);
        }
        parts.add(part.toByteArray());
        return parts;
    }

    private static byte[] bytes(TargetType type, TargetRow cell) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, cell.device().path().getBytes(StandardCharsets.UTF_8));
            out.writeLong(cell.time());
            Object value = cell.values()[0];
            switch (type) {
                case BOOLEAN -> out.writeBoolean((Boolean) value);
                case INT32 -> out.writeInt((Integer) value);
                case INT64, TIMESTAMP -> out.writeLong((Long) value);
                case FLOAT -> out.writeFloat((Float) value);
                case DOUBLE -> out.writeDouble((Double) value);
                case TEXT, STRING, BLOB -> write(out, (byte[]) value);
                case DATE -> out.writeLong(((LocalDate) value).toEpochDay());
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory takes bytes", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads the bytes of one part.
     *
     * @throws IOException if they are none
     */
    static List<TargetRow> of(TargetType type, byte[] part) throws IOException {
        List<TargetRow> cells = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(part))) {
            while (in.available() > 0) {
                Device device = Device.of(new String(read(in), StandardCharsets.UTF_8));
                cells.add(new TargetRow(device, in.readLong(), new Object[] {value(type, in)}));
            }
        }
        return cells;
    }

    private static Object value(TargetType type, DataInputStream in) throws IOException {
        return switch (type) {
            case BOOLEAN -> in.readBoolean();
            case INT32 -> in.readInt();
            case INT64, TIMESTAMP -> in.readLong();
            case FLOAT -> in.readFloat();
            case DOUBLE -> in.readDouble();
            case TEXT, STRING, BLOB -> read(in);
            case DATE -> LocalDate.ofEpochDay(in.readLong());
        };
    }

    private static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a note of values is cut off");
        }
        return in.readNBytes(length);
    }
}
