package io.meseta.allocator.quota;

import io.meseta.model.Role;
import java.util.SortedSet;
import java.util.TreeSet;

/// Who may have more by quota than when all was settled.
///
/// @param roles these with their sub-roles
/// @param isForAll less must be kept free for guarantees, so anyone may have more
public record Growth(SortedSet<Role> roles, boolean isForAll) {

    public static final Growth NONE = new Growth(new TreeSet<>(), false);

    public boolean isNone() {
        return roles.isEmpty() && !isForAll;
    }

    public boolean concerns(Role role) {
        if (isForAll) return true;
        for (var grown : roles) {
            if (grown.equals(role) || grown.isAncestorOf(role)) return true;
        }
        return false;
    }

    /// What of that may still be withheld.
    public Withheld without(Withheld before) {
        var limited = new TreeSet<>(before.limited());
        limited.removeAll(roles);
        return before.byQuota(limited, before.isForGuarantees() && !isForAll);
    }
}
