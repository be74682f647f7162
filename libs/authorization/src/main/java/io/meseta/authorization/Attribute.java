package io.meseta.authorization;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What can be said of the thing that an action is done to. The most telling come first: rules are
/// looked up by the first attribute that they name exactly.
public enum Attribute {
    /// A microservice's name.
    SERVICE,
    TASK,
    FRAMEWORK,
    RESOURCE_PROVIDER,
    AGENT,
    /// A machine's host name, or its address where it has none.
    MACHINE,
    /// A policy's, group's or key's name.
    NAME,
    IMAGE,
    /// The path of an operator's endpoint (not of a call to a microservice).
    PATH,
    /// Who registered the framework, made the reservation, created the volume or is administered.
    PRINCIPAL,
    /// The role in whose name resources are used. A thing of several roles is asked for once each.
    ROLE,
    /// The operating-system user of the executor above a nested container.
    PARENT_USER,
    /// The operating-system user that a task, executor or container runs as.
    USER;

    /// The name in policy texts and conditions: `parent_user`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Attribute> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
    }
}
