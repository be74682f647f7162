package io.meseta.master.core.role;

import io.meseta.master.core.offer.Offer;
import java.util.List;

/// What comes of a wish about roles.
public sealed interface RoleChange {

    /// It happens.
    ///
    /// @param rescinded offers that are taken back for it
    record Made(List<RoleEvent> events, List<Offer> rescinded) implements RoleChange {

        public Made {
            events = List.copyOf(events);
            rescinded = List.copyOf(rescinded);
        }
    }

    record Impossible(QuotaProblem problem) implements RoleChange {}

    record TooMany(String what, long limit) implements RoleChange {}
}
