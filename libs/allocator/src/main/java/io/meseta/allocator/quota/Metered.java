package io.meseta.allocator.quota;

import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.function.BiConsumer;

/// An agent, as far as quota is concerned.
public interface Metered {

    Resources total();

    /// What nobody holds of it.
    Resources free();

    boolean isActive();

    /// Hands over what roles hold, a role once for each of its holders.
    void forEachHeld(BiConsumer<Role, Resources> held);
}
