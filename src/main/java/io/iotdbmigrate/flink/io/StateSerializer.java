package io.iotdbmigrate.flink.io;

import io.iotdbmigrate.model.ExitCode;
import io.iotdbmigrate.model.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Serializer of what a checkpoint holds: numbers and texts in a fixed order, and no name of a
 * class, so that classes may be renamed without touching anybody's savepoint. Who changes the form
 * raises the version, and goes on reading the older ones.
 */
public abstract class StateSerializer<T> implements SimpleVersionedSerializer<T> {
    /**
     * The oldest that can be read. Version 1 was Java serialization; no released program wrote it.
     */
    private static final int FIRST_VERSION = 2;

    /** How bytes of Java serialization begin, read as a number. */
    private static final int JAVA = 0xACED0005;

    private final String remedy;
    private final int version;

    /**
     * Names what a user can do about state that this program cannot read.
     *
     * @param remedy end of a sentence, after a semicolon
     */
    protected StateSerializer(String remedy) {
        this(remedy, FIRST_VERSION);
    }

    /**
     * Names what a user can do about state that this program cannot read.
     *
     * @param remedy end of a sentence, after a semicolon
     * @param version in which values are written
     */
    protected StateSerializer(String remedy, int version) {
        this.remedy = remedy;
        this.version = version;
    }

    /** Writes a value in the form of the newest version. */
    protected abstract void write(T value, DataOutputView out) throws IOException;

    /** Reads what {@link #write} has written, here or in a program of an older version. */
    protected abstract T read(int writtenIn, DataInputView in) throws IOException;

    @Override
    public final int getVersion() {
        return version;
    }

    @Override
    public final byte[] serialize(T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        write(value, out);
        return out.getCopyOfBuffer();
    }

    /**
     * Reads a value.
     *
     * @throws UserException exit code 3, if another program's version wrote it
     */
    @Override
    public final T deserialize(int writtenIn, byte[] bytes) throws IOException {
        requireReadable(writtenIn);
        return read(writtenIn, new DataInputDeserializer(bytes));
    }

    /** Writes the version, then the value: for state that has no other place for it. */
    public final byte[] toVersionedBytes(T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeInt(version);
        write(value, out);
        return out.getCopyOfBuffer();
    }

    /**
     * Reads what {@link #toVersionedBytes} has written.
     *
     * @throws UserException exit code 3, if another program's version wrote it
     */
    public final T fromVersionedBytes(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int writtenIn = in.readInt();
        requireReadable(writtenIn == JAVA ? 1 : writtenIn);
        return read(writtenIn, in);
    }

    private void requireReadable(int writtenIn) {
        if (writtenIn < FIRST_VERSION || writtenIn > version) {
            // Another attempt would read the same.
            throw new UserException(
                    ExitCode.CONFIG,
                    "the checkpoint or savepoint was written by another build of"
                            + " iotdb-migrate, and this one cannot go on from it: its state"
                            + " has version "
                            + writtenIn
                            + ", this one reads "
                            + version
                            + "; "
                            + remedy);
        }
    }

    /** Writes a text of any length. */
    protected static void writeText(DataOutputView out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Reads what {@link #writeText} has written; null, if it was null. */
    protected static @Nullable String readText(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A function that writes one element of a list. */
    @FunctionalInterface
    protected interface Writing<E> {
        void write(E element, DataOutputView out) throws IOException;
    }

    /** A function that reads one element of a list. */
    @FunctionalInterface
    protected interface Reading<E> {
        E read(DataInputView in) throws IOException;
    }

    /** Writes the number of the elements, then each. */
    protected static <E> void writeList(DataOutputView out, List<E> list, Writing<E> writing)
            throws IOException {
        out.writeInt(list.size());
        for (E element : list) {
            writing.write(element, out);
        }
    }

    /** Reads what {@link #writeList} has written. */
    protected static <E> List<E> readList(DataInputView in, Reading<E> reading) throws IOException {
        int size = in.readInt();
        List<E> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(reading.read(in));
        }
        return list;
    }
}
