package io.iotdbmigrate.flink.verify;

import io.iotdbmigrate.flink.RowBlock;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** What IoTDB holds of the tables, as a bounded source. */
public final class PointSource implements Source<RowBlock, DeviceSplit, DeviceSplits> {
    private static final long serialVersionUID = 1L;

    private final VerifySpec spec;
    private final @Nullable Focus focus;

    /**
     * @param focus only devices that may hold rows of interest; null means all in scope
     */
    PointSource(VerifySpec spec, @Nullable Focus focus) {
        this.spec = spec;
        this.focus = focus;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<DeviceSplit, DeviceSplits> createEnumerator(
            SplitEnumeratorContext<DeviceSplit> context) {
        return new DeviceEnumerator(context, spec, focus, null);
    }

    @Override
    public SplitEnumerator<DeviceSplit, DeviceSplits> restoreEnumerator(
            SplitEnumeratorContext<DeviceSplit> context, DeviceSplits state) {
        return new DeviceEnumerator(context, spec, focus, state);
    }

    @Override
    public SourceReader<RowBlock, DeviceSplit> createReader(SourceReaderContext context) {
        return new PointSourceReader(spec, context);
    }

    @Override
    public SimpleVersionedSerializer<DeviceSplit> getSplitSerializer() {
        return new DeviceSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<DeviceSplits> getEnumeratorCheckpointSerializer() {
        return new DeviceSplitSerializer.Left();
    }
}
