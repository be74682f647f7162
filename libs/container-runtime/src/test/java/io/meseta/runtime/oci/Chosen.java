package io.meseta.runtime.oci;

import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.kit.Needs;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The tools that work on this machine, found once.
final class Chosen {

    /// Names a runtime where not the first that works is to be tested.
    private static final @Nullable String WANTED = System.getProperty("meseta.test.runtime");

    private static @Nullable OciTools tools;

    private Chosen() {}

    static OciRuntime open(Path home, String cgroup, Step.Listener steps) {
        return mounting(home, home.resolve("roots"), cgroup, steps);
    }

    /// @param roots see [RuntimeSettings]
    static OciRuntime mounting(Path home, Path roots, String cgroup, Step.Listener steps) {
        var found = tools(home, cgroup);
        var here = new OciTools(found.runtime(), found.monitor(), home, roots, found.patience());
        return new OciRuntime(here, "/" + cgroup, steps);
    }

    private static synchronized OciTools tools(Path home, String cgroup) {
        var known = tools;
        if (known != null) return known;
        try {
            var settings = RuntimeSettings.in(home).below("/" + cgroup);
            var trials = Trials.of(WANTED == null ? settings : settings.choosing(WANTED));
            Needs.skipUnless(trials.chosen().isPresent(), trials.summary());
            tools = trials.chosen().orElseThrow();
            return tools;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
