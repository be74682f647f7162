package io.meseta.agent.launch;

import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.kit.Ability;
import io.meseta.runtime.kit.ContainerContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/// Plain processes keep the contract of container runtimes, but for what nothing but a container
/// can give.
final class ProcessRuntimeIT extends ContainerContract {

    @Override
    protected ContainerRuntime open(Path home) {
        return new SupervisedRuntime(home);
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }
}
