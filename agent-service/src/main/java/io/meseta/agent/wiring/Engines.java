package io.meseta.agent.wiring;

import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.state.RuntimeFault;

/// Opens what runs containers.
final class Engines {

    private Engines() {}

    /// @throws RuntimeFault where nothing on this machine can
    static ContainerRuntime open(RuntimeSettings settings) {
        throw new RuntimeFault(
                RuntimeFault.Kind.UNSUPPORTED,
                "there is none of " + String.join(", ", settings.runtimes()));
    }
}
