package io.meseta.gateway.sessions;

import io.meseta.authorization.Subject;
import java.util.List;

/// Who is signed in.
///
/// @param open whether nobody is asked who they are here
record SessionResponse(String name, String kind, List<String> groups, boolean open) {

    static SessionResponse of(Subject subject, boolean isOpen) {
        return new SessionResponse(
                subject.principal(), subject.kind().text(), List.copyOf(subject.groups()), isOpen);
    }
}
