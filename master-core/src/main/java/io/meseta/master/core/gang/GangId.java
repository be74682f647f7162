package io.meseta.master.core.gang;

import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.util.Comparator;

/// A gang's name is its framework's own, in one role.
public record GangId(FrameworkId framework, Role role, String name) implements Comparable<GangId> {

    private static final Comparator<GangId> ORDER =
            Comparator.comparing(GangId::framework)
                    .thenComparing(GangId::role)
                    .thenComparing(GangId::name);

    @Override
    public int compareTo(GangId other) {
        return ORDER.compare(this, other);
    }
}
