package io.meseta.authorization;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// All that can be allowed or denied.
///
/// The first 53 are Mesos' own, by Mesos' names and numbers, so that what is known about them stays
/// true; after them come Meseta's, which have the number 0.
public enum Action {
    REGISTER_FRAMEWORK(1, TargetKind.FRAMEWORKS, Nature.CHANGING),
    RUN_TASK(2, TargetKind.TASKS, Nature.CHANGING),
    TEARDOWN_FRAMEWORK(3, TargetKind.FRAMEWORKS, Nature.CHANGING),
    RESERVE_RESOURCES(4, TargetKind.RESOURCES, Nature.CHANGING),
    UNRESERVE_RESOURCES(5, TargetKind.RESOURCES, Nature.CHANGING),
    CREATE_VOLUME(6, TargetKind.RESOURCES, Nature.CHANGING),
    DESTROY_VOLUME(7, TargetKind.RESOURCES, Nature.CHANGING),
    GET_ENDPOINT_WITH_PATH(8, TargetKind.ENDPOINTS, Nature.READING),
    VIEW_ROLE(9, TargetKind.ROLES, Nature.READING),
    UPDATE_WEIGHT(10, TargetKind.ROLES, Nature.CHANGING),
    GET_QUOTA(11, TargetKind.ROLES, Nature.READING),
    /// Out of use in Mesos; [#UPDATE_QUOTA_WITH_CONFIG] took its place.
    UPDATE_QUOTA(12, TargetKind.ROLES, Nature.CHANGING),
    VIEW_FRAMEWORK(13, TargetKind.FRAMEWORKS, Nature.READING),
    VIEW_TASK(14, TargetKind.TASKS, Nature.READING),
    VIEW_EXECUTOR(15, TargetKind.TASKS, Nature.READING),
    ACCESS_SANDBOX(16, TargetKind.TASKS, Nature.READING),
    ACCESS_MESOS_LOG(17, TargetKind.CLUSTER, Nature.READING),
    VIEW_FLAGS(18, TargetKind.CLUSTER, Nature.READING),
    LAUNCH_NESTED_CONTAINER(19, TargetKind.CONTAINERS, Nature.CHANGING),
    KILL_NESTED_CONTAINER(20, TargetKind.CONTAINERS, Nature.CHANGING),
    WAIT_NESTED_CONTAINER(21, TargetKind.CONTAINERS, Nature.READING),
    LAUNCH_NESTED_CONTAINER_SESSION(22, TargetKind.CONTAINERS, Nature.CHANGING),
    ATTACH_CONTAINER_INPUT(23, TargetKind.CONTAINERS, Nature.CHANGING),
    ATTACH_CONTAINER_OUTPUT(24, TargetKind.CONTAINERS, Nature.READING),
    VIEW_CONTAINER(25, TargetKind.CONTAINERS, Nature.READING),
    SET_LOG_LEVEL(26, TargetKind.CLUSTER, Nature.CHANGING),
    REMOVE_NESTED_CONTAINER(27, TargetKind.CONTAINERS, Nature.CHANGING),
    REGISTER_AGENT(28, TargetKind.AGENTS, Nature.CHANGING),
    UPDATE_MAINTENANCE_SCHEDULE(29, TargetKind.MACHINES, Nature.CHANGING),
    GET_MAINTENANCE_SCHEDULE(30, TargetKind.MACHINES, Nature.READING),
    START_MAINTENANCE(31, TargetKind.MACHINES, Nature.CHANGING),
    STOP_MAINTENANCE(32, TargetKind.MACHINES, Nature.CHANGING),
    GET_MAINTENANCE_STATUS(33, TargetKind.MACHINES, Nature.READING),
    MARK_AGENT_GONE(34, TargetKind.AGENTS, Nature.CHANGING),
    LAUNCH_STANDALONE_CONTAINER(35, TargetKind.CONTAINERS, Nature.CHANGING),
    KILL_STANDALONE_CONTAINER(36, TargetKind.CONTAINERS, Nature.CHANGING),
    WAIT_STANDALONE_CONTAINER(37, TargetKind.CONTAINERS, Nature.READING),
    REMOVE_STANDALONE_CONTAINER(38, TargetKind.CONTAINERS, Nature.CHANGING),
    MODIFY_RESOURCE_PROVIDER_CONFIG(39, TargetKind.RESOURCE_PROVIDERS, Nature.CHANGING),
    VIEW_STANDALONE_CONTAINER(40, TargetKind.CONTAINERS, Nature.READING),
    PRUNE_IMAGES(41, TargetKind.IMAGES, Nature.CHANGING),
    RESIZE_VOLUME(42, TargetKind.RESOURCES, Nature.CHANGING),
    CREATE_BLOCK_DISK(43, TargetKind.RESOURCES, Nature.CHANGING),
    DESTROY_BLOCK_DISK(44, TargetKind.RESOURCES, Nature.CHANGING),
    CREATE_MOUNT_DISK(45, TargetKind.RESOURCES, Nature.CHANGING),
    DESTROY_MOUNT_DISK(46, TargetKind.RESOURCES, Nature.CHANGING),
    VIEW_RESOURCE_PROVIDER(47, TargetKind.RESOURCE_PROVIDERS, Nature.READING),
    MARK_RESOURCE_PROVIDER_GONE(48, TargetKind.RESOURCE_PROVIDERS, Nature.CHANGING),
    DESTROY_RAW_DISK(49, TargetKind.RESOURCES, Nature.CHANGING),
    UPDATE_QUOTA_WITH_CONFIG(50, TargetKind.ROLES, Nature.CHANGING),
    DRAIN_AGENT(51, TargetKind.AGENTS, Nature.CHANGING),
    DEACTIVATE_AGENT(52, TargetKind.AGENTS, Nature.CHANGING),
    REACTIVATE_AGENT(53, TargetKind.AGENTS, Nature.CHANGING),

    /// A request to a microservice, with method, path and headers.
    CALL_SERVICE(0, TargetKind.SERVICES, Nature.CALLING),
    VIEW_SERVICE(0, TargetKind.SERVICES, Nature.READING),
    VIEW_POLICY(0, TargetKind.POLICIES, Nature.READING),
    CHANGE_POLICY(0, TargetKind.POLICIES, Nature.CHANGING),
    /// What a master, agent or gateway does to learn the policies.
    FETCH_BUNDLE(0, TargetKind.POLICIES, Nature.READING),
    VIEW_PRINCIPAL(0, TargetKind.PRINCIPALS, Nature.READING),
    CHANGE_PRINCIPAL(0, TargetKind.PRINCIPALS, Nature.CHANGING),
    VIEW_GROUP(0, TargetKind.PRINCIPALS, Nature.READING),
    CHANGE_GROUP(0, TargetKind.PRINCIPALS, Nature.CHANGING),
    ISSUE_CREDENTIAL(0, TargetKind.PRINCIPALS, Nature.CHANGING),
    REVOKE_CREDENTIAL(0, TargetKind.PRINCIPALS, Nature.CHANGING),
    ROTATE_KEY(0, TargetKind.PRINCIPALS, Nature.CHANGING),
    VIEW_AUDIT(0, TargetKind.CLUSTER, Nature.READING),
    /// Having what is remembered of ended tasks and frameworks made again from the journal.
    REBUILD_HISTORY(0, TargetKind.CLUSTER, Nature.CHANGING),
    /// Letting the journal hold what earlier builds can't read.
    RAISE_FEATURE_LEVEL(0, TargetKind.CLUSTER, Nature.CHANGING);

    /// Whether doing it leaves a trace in the cluster; what a call does, its method tells.
    public enum Nature {
        READING,
        CHANGING,
        CALLING
    }

    private static final Map<String, Action> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Enum::name, each -> each));

    private final int mesosNumber;
    private final TargetKind target;
    private final Nature nature;

    Action(int mesosNumber, TargetKind target, Nature nature) {
        this.mesosNumber = mesosNumber;
        this.target = target;
        this.nature = nature;
    }

    public static Optional<Action> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /// Its number among Mesos' authorizable actions; 0 if it is ours.
    public int mesosNumber() {
        return mesosNumber;
    }

    public boolean isOfMesos() {
        return mesosNumber > 0;
    }

    public TargetKind target() {
        return target;
    }

    public Nature nature() {
        return nature;
    }
}
