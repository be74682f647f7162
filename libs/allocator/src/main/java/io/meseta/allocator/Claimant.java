package io.meseta.allocator;

import io.meseta.model.FrameworkId;
import io.meseta.model.Role;

/// Who is granted resources: a framework in one of its roles.
record Claimant(FrameworkId framework, Role role) implements Comparable<Claimant> {

    @Override
    public int compareTo(Claimant other) {
        int order = framework.compareTo(other.framework);
        return order != 0 ? order : role.compareTo(other.role);
    }
}
