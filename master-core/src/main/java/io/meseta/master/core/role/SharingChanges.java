package io.meseta.master.core.role;

import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.role.RoleChange.Made;
import io.meseta.master.core.role.RoleChange.TooMany;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.List;

/// Roles share in other ways. Saying the same again changes nothing.
public final class SharingChanges {

    private SharingChanges() {}

    public static RoleChange set(Roles roles, Role role, Sharing sharing, Instant now) {
        if (sharing.equals(roles.sharings().get(role))) return new Made(List.of(), List.of());
        if (!roles.sharings().containsKey(role) && roles.sharings().size() >= Roles.EACH_MAX)
            return new TooMany("roles with a way to share", Roles.EACH_MAX);
        return new Made(List.of(new RoleEvent.SharingSet(role, sharing, now)), List.of());
    }

    public static RoleChange remove(Roles roles, Role role, Instant now) {
        return roles.sharings().containsKey(role)
                ? new Made(List.of(new RoleEvent.SharingRemoved(role, now)), List.of())
                : new Made(List.of(), List.of());
    }
}
