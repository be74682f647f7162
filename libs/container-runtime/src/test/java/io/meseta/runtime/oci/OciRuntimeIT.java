package io.meseta.runtime.oci;

import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.cgroup.Hierarchies;
import io.meseta.runtime.cgroup.ParentCgroup;
import io.meseta.runtime.kit.EscapeContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/// The OCI runtime that works here keeps the whole contract.
final class OciRuntimeIT extends EscapeContract {

    @Override
    protected ContainerRuntime open(Path home) {
        return Chosen.open(home, CGROUP, _ -> {});
    }

    @AfterAll
    static void removeParents() {
        new ParentCgroup(Hierarchies.read(), "/" + CGROUP).removeIfEmpty();
    }
}
