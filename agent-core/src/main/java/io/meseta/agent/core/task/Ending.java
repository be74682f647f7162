package io.meseta.agent.core.task;

import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusSource;

/// What a task's last update says.
public record Ending(TaskState state, Cause cause) {

    private static final int TERMINATED = 128 + 15;
    private static final int KILLED = 128 + 9;

    /// The ending of a task that was in `phase` when its processes ended with `exit`.
    public static Ending of(TaskPhase phase, Exit exit) {
        return switch (phase) {
            case TaskPhase.Killing(var motive, _, _) -> ofKilled(motive, exit);
            case TaskPhase.Ordered() -> ofItself(exit);
            case TaskPhase.Launching() -> ofItself(exit);
            case TaskPhase.Running _ -> ofItself(exit);
            case TaskPhase.Ended() -> ofItself(exit);
        };
    }

    /// The ending of a task that was killed before anything of it was started.
    public static Ending duringLaunch() {
        return new Ending(
                TaskState.TASK_KILLED,
                Cause.ofAgent(
                        Reason.TASK_KILLED_DURING_LAUNCH, "Task was killed before it was started"));
    }

    /// The ending of whatever took more than it may.
    public static Ending ofLimited(Exit.Limited limited) {
        return new Ending(TaskState.TASK_FAILED, Cause.ofAgent(limited.what(), limited.message()));
    }

    private static Ending ofItself(Exit exit) {
        return switch (exit) {
            case Exit.Status(var status) ->
                    new Ending(
                            status == 0 ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED,
                            Cause.said(unprompted(status)));
            case Exit.Limited limited -> ofLimited(limited);
            case Exit.Unknown(var why) ->
                    new Ending(
                            TaskState.TASK_FAILED,
                            Cause.ofAgent(Reason.EXECUTOR_TERMINATED, unknown(why)));
            case Exit.NeverStarted() ->
                    new Ending(
                            TaskState.TASK_FAILED,
                            Cause.ofAgent(
                                    Reason.CONTAINER_LAUNCH_FAILED,
                                    "Failed to launch container: its process is not there"));
        };
    }

    private static Ending ofKilled(KillMotive motive, Exit exit) {
        var state = motive == KillMotive.TIME_IS_UP ? TaskState.TASK_FAILED : TaskState.TASK_KILLED;
        var reason =
                motive == KillMotive.TIME_IS_UP ? Reason.MAX_COMPLETION_TIME_REACHED : Reason.NONE;
        return switch (exit) {
            case Exit.Status(var status) ->
                    new Ending(state, new Cause(StatusSource.EXECUTOR, reason, prompted(status)));
            // The limit was met before the kill could do anything, or it would not be known.
            case Exit.Limited limited -> ofLimited(limited);
            case Exit.Unknown(var why) ->
                    new Ending(state, new Cause(StatusSource.AGENT, reason, unknown(why)));
            case Exit.NeverStarted() ->
                    motive == KillMotive.TIME_IS_UP
                            ? new Ending(state, Cause.ofAgent(reason, "Task was never started"))
                            : duringLaunch();
        };
    }

    /// A shell folds "ended by signal n" and "exited with 128 + n" into one number, so both are
    /// said.
    private static String unprompted(int status) {
        var plain = "Command exited with status " + status;
        return status <= 128
                ? plain
                : "%s (that code, or ended by signal %d: a shell status does not tell)"
                        .formatted(plain, status - 128);
    }

    /// After our own signal, the number that this signal leaves means that signal.
    private static String prompted(int status) {
        return switch (status) {
            case TERMINATED -> "Command terminated with signal Terminated";
            case KILLED -> "Command terminated with signal Killed";
            default -> unprompted(status);
        };
    }

    private static String unknown(String why) {
        return "Exit status unknown: " + why;
    }
}
