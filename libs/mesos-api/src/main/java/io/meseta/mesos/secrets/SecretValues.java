package io.meseta.mesos.secrets;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Credential;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.Secret;
import io.meseta.mesos.v1.TaskInfo;
import java.util.List;
import java.util.function.UnaryOperator;

/// The secret values in what frameworks order: of volumes, variables, checks, and registries.
///
/// They are found by their type and not by their place, so one at a place that is new to us is not
/// overlooked.
public final class SecretValues {

    private SecretValues() {}

    /// The task with each of its own secrets changed, and its executor as it is.
    public static TaskInfo changed(TaskInfo task, UnaryOperator<ByteString> change) {
        if (!mayHoldAny(task)) return task;
        var executor = task.getExecutor();
        var bare = task.toBuilder().clearExecutor().buildPartial();
        var changed = (TaskInfo) changed((Message) bare, change);
        return task.hasExecutor()
                ? changed.toBuilder().setExecutor(executor).buildPartial()
                : changed;
    }

    public static ExecutorInfo changed(ExecutorInfo executor, UnaryOperator<ByteString> change) {
        if (!executor.hasContainer() && !mayHoldAny(executor.getCommand())) return executor;
        return (ExecutorInfo) changed((Message) executor, change);
    }

    public static ContainerInfo changed(ContainerInfo container, UnaryOperator<ByteString> change) {
        return (ContainerInfo) changed((Message) container, change);
    }

    public static CommandInfo changed(CommandInfo command, UnaryOperator<ByteString> change) {
        return mayHoldAny(command) ? (CommandInfo) changed((Message) command, change) : command;
    }

    /// Nearly all tasks are told apart here, at the cost of a few looks.
    private static boolean mayHoldAny(TaskInfo task) {
        return task.hasContainer()
                || task.hasCheck()
                || task.hasHealthCheck()
                || mayHoldAny(task.getCommand());
    }

    private static boolean mayHoldAny(CommandInfo command) {
        return command.getEnvironment().getVariablesList().stream()
                .anyMatch(variable -> variable.hasSecret());
    }

    private static Message changed(Message message, UnaryOperator<ByteString> change) {
        if (message instanceof Secret.Value value)
            return value.toBuilder().setData(change.apply(value.getData())).build();
        if (message instanceof Credential credential && credential.hasSecret()) {
            var secret = change.apply(ByteString.copyFromUtf8(credential.getSecret()));
            return credential.toBuilder().setSecret(secret.toStringUtf8()).build();
        }
        var changed = message.toBuilder();
        message.getAllFields()
                .forEach((field, value) -> {
                    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) return;
                    if (field.isRepeated()) {
                        var all = (List<?>) value;
                        for (int i = 0; i < all.size(); i++)
                            changed.setRepeatedField(
                                    field, i, changed((Message) all.get(i), change));
                    } else {
                        changed.setField(field, changed((Message) value, change));
                    }
                });
        // As incomplete as it came; others check that.
        return changed.buildPartial();
    }
}
