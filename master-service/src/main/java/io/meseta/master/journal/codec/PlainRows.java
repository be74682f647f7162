package io.meseta.master.journal.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.meseta.master.journal.v1.SpanRow;
import io.meseta.master.journal.v1.TaskKeyRow;
import io.meseta.master.journal.v1.TimeRow;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Times, bytes and keys, which all rooms have.
final class PlainRows {

    private static final int UUID_BYTES = 2 * Long.BYTES;

    private PlainRows() {}

    /// The row itself, if this build knows all of its fields.
    static <M extends Message> M known(M row) {
        var unknown = row.getUnknownFields().asMap();
        if (unknown.isEmpty()) return row;
        throw new UnknownContent(
                row.getDescriptorForType().getName() + " has unknown fields " + unknown.keySet());
    }

    /// Proto3 has no required fields; the journal does.
    static void require(boolean isPresent, String what) {
        if (!isPresent) throw new UnknownContent(what + " is missing");
    }

    static TimeRow row(Instant at) {
        return TimeRow.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
    }

    static Instant toInstant(TimeRow row) {
        known(row);
        return Instant.ofEpochSecond(row.getSeconds(), row.getNanos());
    }

    static SpanRow row(Duration span) {
        return SpanRow.newBuilder().setSeconds(span.getSeconds()).setNanos(span.getNano()).build();
    }

    static Duration toDuration(SpanRow row) {
        known(row);
        return Duration.ofSeconds(row.getSeconds(), row.getNanos());
    }

    static TaskKeyRow row(TaskKey key) {
        return TaskKeyRow.newBuilder()
                .setFramework(key.framework().value())
                .setTask(key.task().value())
                .build();
    }

    static TaskKey toTaskKey(TaskKeyRow row) {
        known(row);
        return new TaskKey(new FrameworkId(row.getFramework()), new TaskId(row.getTask()));
    }

    /// Without a copy: nobody can change the bytes of an [Opaque].
    static ByteString row(Opaque opaque) {
        return UnsafeByteOperations.unsafeWrap(opaque.asReadOnly());
    }

    static Opaque toOpaque(ByteString bytes) {
        return Opaque.of(bytes.asReadOnlyByteBuffer());
    }

    static ByteString row(UUID uuid) {
        var bytes = ByteBuffer.allocate(UUID_BYTES);
        bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return UnsafeByteOperations.unsafeWrap(bytes.flip());
    }

    static UUID toUuid(ByteString bytes) {
        if (bytes.size() != UUID_BYTES)
            throw new UnknownContent("a uuid has " + bytes.size() + " bytes");
        var buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static Optional<UUID> toOptionalUuid(ByteString bytes) {
        return bytes.isEmpty() ? Optional.empty() : Optional.of(toUuid(bytes));
    }
}
