package io.meseta.runtime.oci;

import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.kit.EscapeContract;
import java.nio.file.Path;

/// The OCI runtime that works here keeps the whole contract.
final class OciRuntimeIT extends EscapeContract {

    @Override
    protected ContainerRuntime open(Path home) {
        return Chosen.open(home, CGROUP, _ -> {});
    }
}
