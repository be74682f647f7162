package io.meseta.agent.engine;

import io.meseta.agent.core.machine.Effect;
import io.meseta.agent.core.machine.Machine;
import java.util.List;

/// Carries effects out, and looks at the whole even when there are none. Called by the loop's
/// thread alone, so it must not wait.
@FunctionalInterface
public interface EffectRunner {

    /// Carries them out in their order.
    ///
    /// @param machine the machine that the effects belong to, or a later one
    void run(List<Effect> effects, Machine machine);
}
