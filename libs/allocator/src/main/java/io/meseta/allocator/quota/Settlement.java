package io.meseta.allocator.quota;

import io.meseta.model.Role;
import java.util.SortedSet;
import java.util.TreeSet;

/// How quota stood when all was last settled.
///
/// @param lenders the roles that lent what they are guaranteed then
public record Settlement(Meter meter, SortedSet<Role> lenders, Withheld withheld) {

    public static final Settlement NONE =
            new Settlement(Meter.OFF, new TreeSet<>(), Withheld.NOTHING);
}
