package io.meseta.master.journal.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Task;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.journal.v1.FrameworkRow;
import io.meseta.master.journal.v1.TaskRow;

/// What has ended, as bytes: the rows in which snapshots hold it as well, so that what is promised
/// of their readability holds here too.
public final class HistoryCodec {

    private HistoryCodec() {}

    public static byte[] encode(Task task) {
        return TaskRows.of(task).toByteArray();
    }

    /// @throws JournalFault.Unreadable if a later build has written it, or it is damaged
    public static Task toTask(byte[] bytes) {
        try {
            return TaskRows.toTask(TaskRow.parseFrom(bytes));
        } catch (InvalidProtocolBufferException | RuntimeException unknown) {
            throw new JournalFault.Unreadable("a task of the history can't be read", unknown);
        }
    }

    public static byte[] encode(Framework framework) {
        return FrameworkRows.of(framework).toByteArray();
    }

    /// @throws JournalFault.Unreadable as of a task
    public static Framework toFramework(byte[] bytes) {
        try {
            return FrameworkRows.toFramework(FrameworkRow.parseFrom(bytes));
        } catch (InvalidProtocolBufferException | RuntimeException unknown) {
            throw new JournalFault.Unreadable("a framework of the history can't be read", unknown);
        }
    }
}
