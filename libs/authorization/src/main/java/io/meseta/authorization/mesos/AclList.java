package io.meseta.authorization.mesos;

import static io.meseta.authorization.Attribute.AGENT;
import static io.meseta.authorization.Attribute.IMAGE;
import static io.meseta.authorization.Attribute.MACHINE;
import static io.meseta.authorization.Attribute.PARENT_USER;
import static io.meseta.authorization.Attribute.PATH;
import static io.meseta.authorization.Attribute.PRINCIPAL;
import static io.meseta.authorization.Attribute.RESOURCE_PROVIDER;
import static io.meseta.authorization.Attribute.ROLE;
import static io.meseta.authorization.Attribute.USER;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The lists of a Mesos ACL file: which actions each decides, and by which attribute of the object.
///
/// Two actions are decided by two lists each, which must both agree.
public enum AclList {
    REGISTER_FRAMEWORKS("roles", ROLE, Action.REGISTER_FRAMEWORK),
    RUN_TASKS("users", USER, Action.RUN_TASK),
    TEARDOWN_FRAMEWORKS("framework_principals", PRINCIPAL, Action.TEARDOWN_FRAMEWORK),
    RESERVE_RESOURCES("roles", ROLE, Action.RESERVE_RESOURCES),
    UNRESERVE_RESOURCES("reserver_principals", PRINCIPAL, Action.UNRESERVE_RESOURCES),
    CREATE_VOLUMES("roles", ROLE, Action.CREATE_VOLUME),
    DESTROY_VOLUMES("creator_principals", PRINCIPAL, Action.DESTROY_VOLUME),
    RESIZE_VOLUMES("roles", ROLE, Action.RESIZE_VOLUME),
    GET_ENDPOINTS("paths", PATH, Action.GET_ENDPOINT_WITH_PATH),
    VIEW_ROLES("roles", ROLE, Action.VIEW_ROLE),
    UPDATE_WEIGHTS("roles", ROLE, Action.UPDATE_WEIGHT),
    GET_QUOTAS("roles", ROLE, Action.GET_QUOTA),
    UPDATE_QUOTAS("roles", ROLE, Action.UPDATE_QUOTA, Action.UPDATE_QUOTA_WITH_CONFIG),
    VIEW_FRAMEWORKS("users", USER, Action.VIEW_FRAMEWORK),
    VIEW_TASKS("users", USER, Action.VIEW_TASK),
    VIEW_EXECUTORS("users", USER, Action.VIEW_EXECUTOR),
    ACCESS_SANDBOXES("users", USER, Action.ACCESS_SANDBOX),
    ACCESS_MESOS_LOGS("logs", Action.ACCESS_MESOS_LOG),
    VIEW_FLAGS("flags", Action.VIEW_FLAGS),
    LAUNCH_NESTED_CONTAINERS_AS_USER("users", USER, Action.LAUNCH_NESTED_CONTAINER),
    LAUNCH_NESTED_CONTAINERS_UNDER_PARENT_WITH_USER(
            "users", PARENT_USER, Action.LAUNCH_NESTED_CONTAINER),
    KILL_NESTED_CONTAINERS("users", USER, Action.KILL_NESTED_CONTAINER),
    WAIT_NESTED_CONTAINERS("users", USER, Action.WAIT_NESTED_CONTAINER),
    LAUNCH_NESTED_CONTAINER_SESSIONS_AS_USER("users", USER, Action.LAUNCH_NESTED_CONTAINER_SESSION),
    LAUNCH_NESTED_CONTAINER_SESSIONS_UNDER_PARENT_WITH_USER(
            "users", PARENT_USER, Action.LAUNCH_NESTED_CONTAINER_SESSION),
    ATTACH_CONTAINERS_INPUT("users", USER, Action.ATTACH_CONTAINER_INPUT),
    ATTACH_CONTAINERS_OUTPUT("users", USER, Action.ATTACH_CONTAINER_OUTPUT),
    VIEW_CONTAINERS("users", USER, Action.VIEW_CONTAINER),
    SET_LOG_LEVEL("level", Action.SET_LOG_LEVEL),
    REMOVE_NESTED_CONTAINERS("users", USER, Action.REMOVE_NESTED_CONTAINER),
    REGISTER_AGENTS("agents", Action.REGISTER_AGENT),
    UPDATE_MAINTENANCE_SCHEDULES("machines", MACHINE, Action.UPDATE_MAINTENANCE_SCHEDULE),
    GET_MAINTENANCE_SCHEDULES("machines", MACHINE, Action.GET_MAINTENANCE_SCHEDULE),
    START_MAINTENANCES("machines", MACHINE, Action.START_MAINTENANCE),
    STOP_MAINTENANCES("machines", MACHINE, Action.STOP_MAINTENANCE),
    GET_MAINTENANCE_STATUSES("machines", MACHINE, Action.GET_MAINTENANCE_STATUS),
    MARK_AGENTS_GONE("agents", AGENT, Action.MARK_AGENT_GONE),
    LAUNCH_STANDALONE_CONTAINERS("users", USER, Action.LAUNCH_STANDALONE_CONTAINER),
    KILL_STANDALONE_CONTAINERS("users", USER, Action.KILL_STANDALONE_CONTAINER),
    WAIT_STANDALONE_CONTAINERS("users", USER, Action.WAIT_STANDALONE_CONTAINER),
    REMOVE_STANDALONE_CONTAINERS("users", USER, Action.REMOVE_STANDALONE_CONTAINER),
    MODIFY_RESOURCE_PROVIDER_CONFIGS(
            "resource_providers", RESOURCE_PROVIDER, Action.MODIFY_RESOURCE_PROVIDER_CONFIG),
    VIEW_STANDALONE_CONTAINERS("users", USER, Action.VIEW_STANDALONE_CONTAINER),
    PRUNE_IMAGES("images", IMAGE, Action.PRUNE_IMAGES),
    CREATE_BLOCK_DISKS("roles", ROLE, Action.CREATE_BLOCK_DISK),
    DESTROY_BLOCK_DISKS("roles", ROLE, Action.DESTROY_BLOCK_DISK),
    CREATE_MOUNT_DISKS("roles", ROLE, Action.CREATE_MOUNT_DISK),
    DESTROY_MOUNT_DISKS("roles", ROLE, Action.DESTROY_MOUNT_DISK),
    VIEW_RESOURCE_PROVIDERS("resource_providers", RESOURCE_PROVIDER, Action.VIEW_RESOURCE_PROVIDER),
    MARK_RESOURCE_PROVIDERS_GONE(
            "resource_providers", RESOURCE_PROVIDER, Action.MARK_RESOURCE_PROVIDER_GONE),
    DESTROY_RAW_DISKS("roles", ROLE, Action.DESTROY_RAW_DISK),
    DRAIN_AGENTS("agents", AGENT, Action.DRAIN_AGENT),
    DEACTIVATE_AGENTS("agents", AGENT, Action.DEACTIVATE_AGENT),
    REACTIVATE_AGENTS("agents", AGENT, Action.REACTIVATE_AGENT);

    private final String object;

    @SuppressWarnings("ImmutableEnumChecker") // Of an enum.
    private final Optional<Attribute> attribute;

    @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of.
    private final Set<Action> actions;

    AclList(String object, Attribute attribute, Action... actions) {
        this(object, Optional.of(attribute), Set.of(actions));
    }

    /// A list whose object never has a value.
    AclList(String object, Action action) {
        this(object, Optional.empty(), Set.of(action));
    }

    AclList(String object, Optional<Attribute> attribute, Set<Action> actions) {
        this.object = object;
        this.attribute = attribute;
        this.actions = actions;
    }

    /// Its key in the file: `run_tasks`.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The key of the object in each of its ACLs: `users`.
    public String object() {
        return object;
    }

    /// Which attribute of our targets the object's values are; empty if it never has one.
    public Optional<Attribute> attribute() {
        return attribute;
    }

    public Set<Action> actions() {
        return actions;
    }

    public static Optional<AclList> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }

    /// The lists that decide an action; one, or two that must both agree.
    static List<AclList> deciding(Action action) {
        return Arrays.stream(values()).filter(each -> each.actions.contains(action)).toList();
    }

    /// All actions that some list decides.
    static Set<Action> allActions() {
        var all = EnumSet.noneOf(Action.class);
        for (var each : values()) all.addAll(each.actions);
        return all;
    }
}
