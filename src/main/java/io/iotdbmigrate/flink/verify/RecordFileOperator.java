package io.iotdbmigrate.flink.verify;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * An operator that writes records to one file, which is replaced; complete when the job has
 * finished.
 */
final class RecordFileOperator extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<byte[], Void>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final String file;
    private transient DataOutputStream out;

    RecordFileOperator(Path file) {
        this.file = file.toString();
    }

    @Override
    public void open() throws Exception {
        super.open();
        Path path = new Path(file);
        out =
                new DataOutputStream(
                        new BufferedOutputStream(
                                path.getFileSystem().create(path, FileSystem.WriteMode.OVERWRITE),
                                1 << 16));
    }

    @Override
    public void processElement(StreamRecord<byte[]> element) throws IOException {
        byte[] record = element.getValue();
        out.writeInt(record.length);
        out.write(record);
    }

    @Override
    public void endInput() throws IOException {
        out.close();
    }

    @Override
    public void close() throws Exception {
        if (out != null) {
            out.close();
        }
        super.close();
    }
}
