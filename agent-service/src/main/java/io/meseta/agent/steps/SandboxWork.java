package io.meseta.agent.steps;

import io.meseta.agent.disk.DiskDemand;
import io.meseta.agent.disk.SandboxQuotas;
import io.meseta.agent.fetch.Fetcher;
import io.meseta.agent.launch.Account;
import io.meseta.agent.sandbox.SandboxPath;
import io.meseta.agent.sandbox.Sandboxes;
import io.meseta.agent.volumes.VolumeLinks;
import io.meseta.model.Resources;
import io.meseta.model.TaskId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A task's sandbox with all that is to lie in it before the task runs.
public final class SandboxWork {

    private final Sandboxes sandboxes;
    private final VolumeLinks volumes;
    private final Fetcher fetcher;
    private final SandboxQuotas quotas;

    public SandboxWork(
            Sandboxes sandboxes, VolumeLinks volumes, Fetcher fetcher, SandboxQuotas quotas) {
        this.sandboxes = sandboxes;
        this.volumes = volumes;
        this.fetcher = fetcher;
        this.quotas = quotas;
    }

    /// Whose the sandbox is, by whose rights local files are read, and how volumes come in.
    ///
    /// @param owner empty for the agent's own user
    /// @param reader likewise
    /// @param isLinked whether volumes are links in the sandbox; otherwise they are mounts later on
    record Terms(Optional<Account> owner, Optional<Account> reader, boolean isLinked) {}

    /// Makes the sandbox and fetches into it.
    void make(CommandTask command, SandboxPath path, Terms terms) throws InterruptedException {
        var owner = terms.owner();
        if (path.isNested()) sandboxes.ensure(path.outer(), owner);
        var sandbox = sandboxes.create(path);
        var contained = command.contained();
        // What is fetched counts too.
        quotas.begin(contained.container(), sandbox, DiskDemand.bytes(contained.resources()));
        // Before anything comes from elsewhere that could lead out of the sandbox.
        if (terms.isLinked()) volumes.link(command.volumes(), sandbox, owner);
        fetcher.fetch(command.files(), sandbox, Sandboxes.OUTPUTS, terms.reader());
        sandboxes.open(path, owner);
    }

    void name(SandboxPath path, TaskId task) {
        if (path.isNested()) sandboxes.name(path, task);
    }

    Path locate(SandboxPath path) {
        return sandboxes.locate(path);
    }

    List<VolumeLinks.Shown> show(Resources wanted, Optional<Account> owner)
            throws InterruptedException {
        return volumes.show(wanted, owner);
    }
}
