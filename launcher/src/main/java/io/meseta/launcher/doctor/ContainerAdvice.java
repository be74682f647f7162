package io.meseta.launcher.doctor;

import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.doctor.HostReport;
import io.meseta.runtime.host.Program;
import java.nio.file.Path;
import java.util.Optional;

/// The one command that lets a machine run containers, for whoever has just started a cluster.
public final class ContainerAdvice {

    private ContainerAdvice() {}

    /// Empty where the programs are there, whether they work or not: that is the agents' to find
    /// out, and takes longer. Also empty where no command would help.
    public static Optional<String> command() throws InterruptedException {
        // What is never written to, as there is nothing to be tried.
        var settings = RuntimeSettings.in(Path.of("/run/meseta-doctor"));
        boolean hasRuntime =
                settings.runtimes().stream().anyMatch(name -> Program.located(name).isPresent());
        return hasRuntime && Program.located(settings.monitor()).isPresent()
                ? Optional.empty()
                : HostReport.of(settings).remedy();
    }
}
