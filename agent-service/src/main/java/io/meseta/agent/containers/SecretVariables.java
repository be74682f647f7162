package io.meseta.agent.containers;

import com.google.protobuf.ByteString;
import io.meseta.agent.launch.LaunchFailure;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.Environment.Variable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Variables of a task's environment whose values are secrets. Only a container is told them: what
/// is to run as a process is written to the disk.
public final class SecretVariables {

    private SecretVariables() {}

    static boolean areIn(CommandInfo command) {
        return command.getEnvironment().getVariablesList().stream()
                .anyMatch(SecretVariables::isSecret);
    }

    public static boolean isSecret(Variable variable) {
        return variable.getType() == Variable.Type.SECRET;
    }

    /// Why it can't be had, by name; empty if it can.
    public static Optional<String> unsupported(Variable variable) {
        return ContainerDemands.ofSecret(
                variable.getSecret(), "the variable '" + variable.getName() + "'");
    }

    /// The environment and those of a command. None takes the place of what the agent itself tells.
    ///
    /// @param opened with its secrets as they are
    static Map<String, String> told(CommandInfo opened, Map<String, String> environment) {
        if (!areIn(opened)) return environment;
        var all = new LinkedHashMap<String, String>();
        for (var variable : opened.getEnvironment().getVariablesList())
            if (isSecret(variable))
                all.put(
                        variable.getName(),
                        text(variable.getName(), variable.getSecret().getValue().getData()));
        all.putAll(environment);
        return all;
    }

    private static String text(String name, ByteString value) {
        if (!value.isValidUtf8())
            throw new LaunchFailure("the secret of the variable '" + name + "' is no text");
        var text = value.toStringUtf8();
        if (text.indexOf('\0') >= 0)
            throw new LaunchFailure("the secret of the variable '" + name + "' holds a NUL");
        return text;
    }
}
