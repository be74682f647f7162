package io.meseta.authorization;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What sort of caller a subject is.
public enum SubjectKind {
    /// Nobody has said who they are.
    ANONYMOUS,
    /// A person.
    USER,
    /// A program outside the cluster, or one of our own services.
    SERVICE_ACCOUNT,
    /// A scheduler that is registered with the master.
    FRAMEWORK,
    /// A machine's agent.
    AGENT,
    /// A task that runs on the cluster.
    WORKLOAD;

    /// The name in policy texts: `service-account`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<SubjectKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
