package io.meseta.master.operators;

import io.meseta.mesos.v1.master.Call;
import java.util.Optional;

/// Whether a call is whole, judged by nothing but itself.
final class OperatorCalls {

    private OperatorCalls() {}

    /// What is wrong with a call, in Mesos' words.
    @SuppressWarnings("deprecation") // deprecated calls are calls
    static Optional<String> problem(Call call) {
        if (!call.hasType()) return Optional.of("Expecting 'type' to be present");
        return switch (call.getType()) {
            case UNKNOWN,
                    GET_HEALTH,
                    GET_FLAGS,
                    GET_VERSION,
                    GET_LOGGING_LEVEL,
                    GET_STATE,
                    GET_AGENTS,
                    GET_FRAMEWORKS,
                    GET_EXECUTORS,
                    GET_TASKS,
                    GET_ROLES,
                    GET_WEIGHTS,
                    GET_MASTER,
                    SUBSCRIBE,
                    GET_MAINTENANCE_STATUS,
                    GET_MAINTENANCE_SCHEDULE,
                    GET_QUOTA,
                    GET_OPERATIONS ->
                    Optional.empty();
            case GET_METRICS -> present(call.hasGetMetrics(), "get_metrics");
            case SET_LOGGING_LEVEL -> present(call.hasSetLoggingLevel(), "set_logging_level");
            case LIST_FILES -> present(call.hasListFiles(), "list_files");
            case READ_FILE -> present(call.hasReadFile(), "read_file");
            case UPDATE_WEIGHTS -> present(call.hasUpdateWeights(), "update_weights");
            case RESERVE_RESOURCES -> present(call.hasReserveResources(), "reserve_resources");
            case UNRESERVE_RESOURCES ->
                    present(call.hasUnreserveResources(), "unreserve_resources");
            case CREATE_VOLUMES -> present(call.hasCreateVolumes(), "create_volumes");
            case DESTROY_VOLUMES -> present(call.hasDestroyVolumes(), "destroy_volumes");
            case GROW_VOLUME ->
                    present(call.hasGrowVolume(), "grow_volume")
                            .or(() -> agent(call.getGrowVolume().hasAgentId()));
            case SHRINK_VOLUME ->
                    present(call.hasShrinkVolume(), "shrink_volume")
                            .or(() -> agent(call.getShrinkVolume().hasAgentId()));
            case UPDATE_MAINTENANCE_SCHEDULE ->
                    present(call.hasUpdateMaintenanceSchedule(), "update_maintenance_schedule");
            case START_MAINTENANCE -> present(call.hasStartMaintenance(), "start_maintenance");
            case STOP_MAINTENANCE -> present(call.hasStopMaintenance(), "stop_maintenance");
            case DRAIN_AGENT -> present(call.hasDrainAgent(), "drain_agent");
            case DEACTIVATE_AGENT -> present(call.hasDeactivateAgent(), "deactivate_agent");
            case REACTIVATE_AGENT -> present(call.hasReactivateAgent(), "reactivate_agent");
            case UPDATE_QUOTA -> present(call.hasUpdateQuota(), "update_quota");
            case SET_QUOTA -> present(call.hasSetQuota(), "set_quota");
            case REMOVE_QUOTA -> present(call.hasRemoveQuota(), "remove_quota");
            case TEARDOWN -> present(call.hasTeardown(), "teardown");
            case MARK_AGENT_GONE -> present(call.hasMarkAgentGone(), "mark_agent_gone");
        };
    }

    private static Optional<String> present(boolean isPresent, String field) {
        return isPresent
                ? Optional.empty()
                : Optional.of("Expecting '" + field + "' to be present");
    }

    private static Optional<String> agent(boolean isPresent) {
        return isPresent
                ? Optional.empty()
                : Optional.of(
                        "Expecting 'agent_id' to be present; only agent default resources "
                                + "are supported right now");
    }
}
