package io.meseta.authorization;

import static io.meseta.authorization.Attribute.AGENT;
import static io.meseta.authorization.Attribute.FRAMEWORK;
import static io.meseta.authorization.Attribute.IMAGE;
import static io.meseta.authorization.Attribute.MACHINE;
import static io.meseta.authorization.Attribute.NAME;
import static io.meseta.authorization.Attribute.PARENT_USER;
import static io.meseta.authorization.Attribute.PATH;
import static io.meseta.authorization.Attribute.PRINCIPAL;
import static io.meseta.authorization.Attribute.RESOURCE_PROVIDER;
import static io.meseta.authorization.Attribute.ROLE;
import static io.meseta.authorization.Attribute.SERVICE;
import static io.meseta.authorization.Attribute.TASK;
import static io.meseta.authorization.Attribute.USER;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The sort of thing that an action is done to, and which attributes such a thing may have.
public enum TargetKind {
    /// The cluster or one of its services as a whole: flags, logs, levels, the audit trail.
    CLUSTER,
    FRAMEWORKS(ROLE, USER, PRINCIPAL, FRAMEWORK),
    ROLES(ROLE),
    TASKS(ROLE, USER, PRINCIPAL, FRAMEWORK, TASK, SERVICE, AGENT),
    CONTAINERS(ROLE, USER, PARENT_USER, PRINCIPAL, FRAMEWORK, TASK, SERVICE, AGENT),
    /// Reservations, volumes and disks.
    RESOURCES(ROLE, PRINCIPAL, FRAMEWORK, AGENT),
    AGENTS(AGENT, MACHINE),
    MACHINES(MACHINE),
    RESOURCE_PROVIDERS(RESOURCE_PROVIDER, AGENT),
    IMAGES(IMAGE, AGENT),
    /// An operator's endpoint, by its path.
    ENDPOINTS(PATH),
    SERVICES(SERVICE, ROLE, PRINCIPAL, FRAMEWORK),
    /// Policies and bundles.
    POLICIES(NAME),
    /// Users, groups, service accounts and their credentials.
    PRINCIPALS(PRINCIPAL, NAME);

    @SuppressWarnings("ImmutableEnumChecker") // The set is filled once and never handed out.
    private final Set<Attribute> attributes;

    TargetKind(Attribute... attributes) {
        this.attributes = EnumSet.noneOf(Attribute.class);
        this.attributes.addAll(List.of(attributes));
    }

    public boolean has(Attribute attribute) {
        return attributes.contains(attribute);
    }

    /// The name in conditions: `resource-providers`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
