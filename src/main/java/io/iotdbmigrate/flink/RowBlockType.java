package io.iotdbmigrate.flink;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/**
 * Type information of {@link RowBlock}: never copied between chained operators, written by Java
 * serialization in the one case that a user takes the chain apart.
 */
public final class RowBlockType extends TypeInformation<RowBlock> {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<RowBlock> getTypeClass() {
        return RowBlock.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    @SuppressWarnings("deprecation")
    public TypeSerializer<RowBlock> createSerializer(ExecutionConfig config) {
        return new Serializer();
    }

    @Override
    public String toString() {
        return "RowBlock";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowBlockType;
    }

    @Override
    public int hashCode() {
        return RowBlockType.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RowBlockType;
    }

    /** Length and bytes of the serialized object. */
    public static final class Serializer extends TypeSerializerSingleton<RowBlock> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public RowBlock createInstance() {
            return new RowBlock(0, 0, java.util.List.of(), null);
        }

        @Override
        public RowBlock copy(RowBlock from) {
            return from;
        }

        @Override
        public RowBlock copy(RowBlock from, RowBlock reuse) {
            return from;
        }

        @Override
        public int getLength() {
            return -1;
        }

        @Override
        public void serialize(RowBlock block, DataOutputView target) throws IOException {
            byte[] bytes = InstantiationUtil.serializeObject((Serializable) block);
            target.writeInt(bytes.length);
            target.write(bytes);
        }

        @Override
        public RowBlock deserialize(DataInputView source) throws IOException {
            byte[] bytes = new byte[source.readInt()];
            source.readFully(bytes);
            try {
                return InstantiationUtil.deserializeObject(bytes, RowBlock.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new IOException(e);
            }
        }

        @Override
        public RowBlock deserialize(RowBlock reuse, DataInputView source) throws IOException {
            return deserialize(source);
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            int length = source.readInt();
            target.writeInt(length);
            target.write(source, length);
        }

        @Override
        public TypeSerializerSnapshot<RowBlock> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** Version 1: Java serialization. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RowBlock> {
        public Snapshot() {
            super(Serializer::new);
        }
    }
}
