package io.meseta.agent.wiring;

import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.oci.OciRuntime;
import io.meseta.runtime.state.RuntimeFault;

/// Opens what runs containers.
final class Engines {

    private Engines() {}

    /// Finds out what works here by running a container.
    ///
    /// @throws RuntimeFault where nothing on this machine can
    static ContainerRuntime open(RuntimeSettings settings) {
        try {
            return OciRuntime.open(settings);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RuntimeFault(
                    RuntimeFault.Kind.FAILED, "looking for a runtime was interrupted", stopped);
        }
    }
}
