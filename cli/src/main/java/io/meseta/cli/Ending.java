package io.meseta.cli;

import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a task ended, as a shell wants to know it.
///
/// @param exitCode of the task where it had one, else 1
/// @param complaint the line to show when the exit code does not say all
record Ending(int exitCode, Optional<String> complaint) {

    /// As Mesos words it, in the message of the last status.
    private static final Pattern EXITED = Pattern.compile("Command exited with status (\\d{1,3})");

    private static final int EXIT_CODE_MAX = 255;
    private static final int NONE = -1;

    static Ending of(TaskStatus status) {
        int code = exitCode(status);
        if (status.getState() == TaskState.TASK_FINISHED && code == 0) {
            return new Ending(0, Optional.empty());
        }
        if (status.getState() == TaskState.TASK_FAILED && code > 0) {
            return new Ending(code, Optional.empty());
        }
        return new Ending(Meseta.TROUBLE, Optional.of(described(status)));
    }

    private static int exitCode(TaskStatus status) {
        var match = EXITED.matcher(status.getMessage());
        if (match.find()) {
            int code = Integer.parseInt(match.group(1));
            return code <= EXIT_CODE_MAX ? code : NONE;
        }
        return status.getState() == TaskState.TASK_FINISHED ? 0 : NONE;
    }

    static String described(TaskStatus status) {
        var words = new StringBuilder("the task ended as ").append(status.getState());
        if (status.hasReason()) {
            words.append(", ").append(status.getReason());
        }
        if (!status.getMessage().isBlank()) {
            words.append(": ").append(status.getMessage().replaceAll("\\p{Cntrl}", " "));
        }
        return words.toString();
    }
}
