package io.meseta.agent.service;

import static io.meseta.agent.service.Fatal.Kind.BOTH;
import static io.meseta.agent.service.Fatal.Kind.CONTAINER;
import static io.meseta.agent.service.Fatal.Kind.PROCESS;
import static io.meseta.agent.service.Fatal.Time.DOWN;
import static io.meseta.agent.service.Fatal.Time.KILL;
import static io.meseta.agent.service.Fatal.Time.UP;

import java.util.Arrays;
import java.util.stream.Stream;

/// The places between two acts of an agent at which it is killed, in the order in which a task
/// comes by: each is said by the method that has been entered and has done nothing yet, and what
/// has just been done.
enum Fatal {
    ORDER_HEARD(UP, BOTH, "agent.master.OrderMapping", "order", 0),
    DECIDED(UP, BOTH, "agent.checkpoint.CheckpointLog", "append", 1),
    IN_THE_LOG(UP, BOTH, "agent.checkpoint.CheckpointFiles", "follow", 1),
    IN_ITS_FILE(UP, BOTH, "agent.steps.TaskWork", "prepare", 1),
    USERS_CLAIMED(UP, CONTAINER, "agent.images.TaskImages", "pull", 1),
    IMAGE_READY(UP, BOTH, "agent.sandbox.Sandboxes", "create", 1),
    SANDBOX_MADE(UP, BOTH, "agent.fetch.Fetcher", "fetch", 1),
    FETCHED(UP, BOTH, "agent.sandbox.Sandboxes", "open", 1),
    PREPARED(UP, BOTH, "agent.steps.Piece$TaskPiece", "prepared", 1),
    PREPARED_RECORDED(UP, BOTH, "agent.steps.TaskWork", "start", 1),
    STARTING_SENT(UP, BOTH, "agent.reports.ReportQueue", "drop", 1),
    STARTING_ACKNOWLEDGED(UP, BOTH, "agent.master.Conversation", "acknowledge", 1),

    VOLUMES_NEXT(UP, CONTAINER, "agent.containers.Pins", "pin", 1),
    SECRETS_NEXT(UP, CONTAINER, "agent.containers.ContainerPlace", "secrets", 1),
    VOLUMES_PINNED(UP, CONTAINER, "agent.containers.ContainerUsers", "overlaid", 1),
    LAYERS_MAPPED(UP, CONTAINER, "agent.containers.Containers", "start", 1),
    FOLDER_MADE(UP, CONTAINER, "runtime.oci.OciRuntime", "launch", 1),
    CONTAINER_RECORDED(UP, CONTAINER, "runtime.oci.Monitor", "begin", 1),
    MONITOR_BEGUN(UP, CONTAINER, "runtime.oci.RootMount", "mount", 1),
    ROOT_MOUNTED(UP, CONTAINER, "runtime.oci.Creation", "create", 1),
    RUNTIME_CREATES(UP, CONTAINER, "runtime.oci.Creation", "line", 1),
    CREATED(UP, CONTAINER, "runtime.oci.Creation", "start", 1),
    RUNTIME_STARTS(UP, CONTAINER, "runtime.oci.Creation", "line", 2),
    STARTED(UP, CONTAINER, "runtime.oci.Started", "text", 1),
    MARKED(UP, CONTAINER, "agent.containers.Pins", "close", 1),

    LAUNCH_NEXT(UP, PROCESS, "agent.launch.Supervisors", "start", 1),
    LAUNCH_FILE_WRITTEN(UP, PROCESS, "runtime.host.ResidentShell", "tell", 1),
    SUPERVISOR_BEGUN(UP, PROCESS, "agent.launch.Supervisors", "awaitCommand", 1),

    LAUNCHED(UP, BOTH, "agent.steps.TaskRunner", "follow", 1),
    SEEN(UP, BOTH, "agent.steps.Piece$TaskPiece", "started", 1),
    RUNNING_RECORDED(UP, BOTH, "agent.effects.AgentEffects", "send", 2),
    RUNNING_SENT(UP, BOTH, "agent.reports.ReportQueue", "drop", 2),
    RUNNING_ACKNOWLEDGED(UP, BOTH, "agent.master.Conversation", "acknowledge", 2),

    KILL_HEARD(KILL, BOTH, "agent.master.OrderMapping", "order", 1),
    KILL_RECORDED(KILL, CONTAINER, "agent.containers.Containers", "terminate", 1),
    KILL_OF_PROCESS_RECORDED(KILL, PROCESS, "agent.launch.Supervisors", "terminate", 1),
    KILLED(KILL, BOTH, "agent.steps.Piece$TaskPiece", "exited", 1),

    EXITED(DOWN, CONTAINER, "agent.containers.Containers", "settle", 1),
    EXIT_NOTED(DOWN, CONTAINER, "runtime.oci.Destroying", "destroy", 1),
    PROCESSES_KILLED(DOWN, CONTAINER, "runtime.oci.Destroying", "endMonitors", 1),
    RUNTIME_FORGOT(DOWN, CONTAINER, "runtime.cgroup.ContainerCgroup", "remove", 1),
    CGROUP_REMOVED(DOWN, CONTAINER, "runtime.oci.RootMount", "unmount", 1),
    ROOT_UNMOUNTED(DOWN, CONTAINER, "runtime.oci.Bundle", "clear", 1),
    END_SEEN(DOWN, BOTH, "agent.steps.Piece$TaskPiece", "exited", 1),
    END_RECORDED(DOWN, BOTH, "agent.effects.AgentEffects", "send", 3),
    END_SENT(DOWN, BOTH, "agent.reports.ReportQueue", "drop", 3),
    END_ACKNOWLEDGED(DOWN, BOTH, "agent.master.Conversation", "acknowledge", 3),
    FORGOTTEN(DOWN, BOTH, "agent.operator.History", "done", 1),
    FILES_NEXT(DOWN, CONTAINER, "agent.containers.ContainerWork", "release", 1),
    IMAGE_NEXT(DOWN, CONTAINER, "agent.images.TaskImages", "release", 1),
    USERS_NEXT(DOWN, CONTAINER, "agent.containers.UserRanges", "release", 1),
    FOLDER_NEXT(DOWN, CONTAINER, "agent.containers.ContainerFolder", "delete", 1),
    RUN_NEXT(DOWN, BOTH, "agent.launch.Supervisors", "forget", 1);

    /// When the agent comes by: on the way to RUNNING, after a kill was ordered, or after the
    /// task's own end.
    enum Time {
        UP,
        KILL,
        DOWN
    }

    /// Which tasks come by.
    enum Kind {
        CONTAINER,
        PROCESS,
        BOTH
    }

    private final Time time;
    private final Kind kind;
    private final String type;
    private final String method;
    private final int visit;

    /// @param visit which one kills, counted from when the order is heard; 0 for that moment
    Fatal(Time time, Kind kind, String type, String method, int visit) {
        this.time = time;
        this.kind = kind;
        this.type = "io.meseta." + type;
        this.method = method;
        this.visit = visit;
    }

    static Stream<Fatal> ofContainers() {
        return Arrays.stream(values()).filter(each -> each.kind != PROCESS);
    }

    static Stream<Fatal> ofProcesses() {
        return Arrays.stream(values()).filter(each -> each.kind != CONTAINER);
    }

    Time time() {
        return time;
    }

    String type() {
        return type;
    }

    String method() {
        return method;
    }

    int visit() {
        return visit;
    }
}
