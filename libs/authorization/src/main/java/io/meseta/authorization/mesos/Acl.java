package io.meseta.authorization.mesos;

import java.util.List;

/// One entry of an ACL list: these principals, these objects. It allows what it matches unless one
/// side says that nobody or nothing is allowed.
public record Acl(Side principals, Side objects) {

    /// One side of an ACL.
    public sealed interface Side {

        /// Matches and allows all.
        record Any() implements Side {}

        /// Matches all and allows none.
        record None() implements Side {}

        /// Matches and allows these values.
        record Values(List<String> values) implements Side {
            public Values {
                values = List.copyOf(values);
            }
        }
    }

    public boolean isDeny() {
        return principals instanceof Side.None || objects instanceof Side.None;
    }
}
