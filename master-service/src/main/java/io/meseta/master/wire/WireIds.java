package io.meseta.master.wire;

import io.meseta.model.Ids;
import io.meseta.model.TaskId;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Ids that come from outside.
public final class WireIds {

    private static final int UUID_BYTES = 16;
    private static final int VERSION_MAX = 5;

    private WireIds() {}

    /// An id, or Mesos' words for what is wrong with it.
    public static <I> I read(String value, Function<String, I> type) throws Unacceptable {
        var problem = Ids.problem(value);
        if (problem.isPresent()) throw new Unacceptable(problem.get());
        return type.apply(value);
    }

    /// An id, if there can be one with that text: nobody has an id that cannot be.
    public static <I> Optional<I> find(String value, Function<String, I> type) {
        return Ids.problem(value).isEmpty() ? Optional.of(type.apply(value)) : Optional.empty();
    }

    /// A task's id for an answer about a task whose own id is not one.
    public static Optional<TaskId> task(String value) {
        return find(value, TaskId::new);
    }

    /// A UUID from its 16 bytes. Mesos refuses those without a version, such as all zeros.
    public static UUID uuid(byte[] bytes) throws Unacceptable {
        if (bytes.length != UUID_BYTES) throw new Unacceptable("Not a valid UUID");
        var buffer = ByteBuffer.wrap(bytes);
        var uuid = new UUID(buffer.getLong(), buffer.getLong());
        if (uuid.version() < 1 || uuid.version() > VERSION_MAX)
            throw new Unacceptable("Not a valid UUID");
        return uuid;
    }

    public static byte[] bytes(UUID uuid) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}
