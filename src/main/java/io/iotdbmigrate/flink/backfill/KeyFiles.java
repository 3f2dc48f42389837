package io.iotdbmigrate.flink.backfill;

import io.iotdbmigrate.model.Chunk;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.InstantiationUtil;

/**
 * The hashes of all (device, time) that a chunk had, one file per chunk, sorted. Two rows that
 * collapse have the same hash, so the files tell which rows need a second look without asking MySQL
 * to sort the table. A chunk that is read again replaces its file.
 *
 * <p>Not thread-safe. Format: length and Java serialization of the {@link Chunk}, number of hashes,
 * the hashes ascending.
 */
public final class KeyFiles {
    /** Bytes read or written at a time. */
    private static final int BLOCK = 1 << 16;

    private final Path folder;
    private final HashSort sort = new HashSort();

    public KeyFiles(String workDir) {
        this.folder = new Path(workDir, "keys");
    }

    /** One chunk's file. */
    public record KeyFile(Path path, Chunk chunk, long hashes, long dataOffset) {}

    /** Writes the file of a chunk; the array is sorted on the way. */
    public void write(Chunk chunk, long[] hashes, int count) throws IOException {
        sort.sort(hashes, count);
        FileSystem files = folder.getFileSystem();
        Path path = new Path(folder, chunk.id());
        byte[] header = InstantiationUtil.serializeObject(chunk);
        try (DataOutputStream out =
                new DataOutputStream(files.create(path, FileSystem.WriteMode.OVERWRITE))) {
            out.writeInt(header.length);
            out.write(header);
            out.writeLong(count);
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            for (int from = 0; from < count; from += BLOCK / Long.BYTES) {
                int length = Math.min(BLOCK / Long.BYTES, count - from);
                block.clear().asLongBuffer().put(hashes, from, length);
                out.write(block.array(), 0, length * Long.BYTES);
            }
        }
    }

    /** Returns the files of one table in key order. */
    public List<KeyFile> list(int mapping) throws IOException {
        FileSystem files = folder.getFileSystem();
        List<KeyFile> found = new ArrayList<>();
        FileStatus[] all = files.exists(folder) ? files.listStatus(folder) : new FileStatus[0];
        for (FileStatus status : all) {
            if (status.getPath().getName().startsWith(mapping + "-")) {
                found.add(open(files, status.getPath()));
            }
        }
        found.sort((a, b) -> Long.compare(a.chunk().number(), b.chunk().number()));
        return found;
    }

    private static KeyFile open(FileSystem files, Path path) throws IOException {
        try (DataInputStream in = new DataInputStream(files.open(path))) {
            byte[] header = new byte[in.readInt()];
            in.readFully(header);
            Chunk chunk =
                    InstantiationUtil.deserializeObject(header, KeyFiles.class.getClassLoader());
            long count = in.readLong();
            return new KeyFile(path, chunk, count, Integer.BYTES + header.length + Long.BYTES);
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    /** Returns the hashes in {@code [from, to]} of a file, ascending. */
    public static long[] read(KeyFile file, long from, long to) throws IOException {
        FileSystem files = file.path().getFileSystem();
        try (FSDataInputStream raw = files.open(file.path())) {
            long first = firstAtLeast(raw, file, from);
            long end = to == Long.MAX_VALUE ? file.hashes() : firstAtLeast(raw, file, to + 1);
            long[] hashes = new long[Math.toIntExact(end - first)];
            raw.seek(file.dataOffset() + first * Long.BYTES);
            DataInputStream in = new DataInputStream(raw);
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            for (int at = 0; at < hashes.length; at += BLOCK / Long.BYTES) {
                int length = Math.min(BLOCK / Long.BYTES, hashes.length - at);
                in.readFully(block.array(), 0, length * Long.BYTES);
                block.clear().asLongBuffer().get(hashes, at, length);
            }
            return hashes;
        } catch (EOFException e) {
            throw new IOException("cut off: " + file.path(), e);
        }
    }

    private static long firstAtLeast(FSDataInputStream raw, KeyFile file, long from)
            throws IOException {
        long low = 0;
        long high = file.hashes();
        while (low < high) {
            long middle = (low + high) >>> 1;
            raw.seek(file.dataOffset() + middle * Long.BYTES);
            if (new DataInputStream(raw).readLong() < from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
