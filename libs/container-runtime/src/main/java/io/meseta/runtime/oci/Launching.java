package io.meseta.runtime.oci;

import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.state.ContainerState;
import java.time.Instant;

/// The acts of a launch, in the order in which a removal undoes them backwards. The record is
/// written before anything is done, so that whoever comes after a crash knows what to look for.
final class Launching {

    private final OciTools tools;
    private final Bundle bundle;
    private final MonitorHost host;
    private final Step.Listener steps;

    Launching(OciTools tools, Bundle bundle, MonitorHost host, Step.Listener steps) {
        this.tools = tools;
        this.bundle = bundle;
        this.host = host;
        this.steps = steps;
    }

    ContainerState.Running launch(ContainerPlan plan, Surroundings around)
            throws InterruptedException {
        bundle.write("record", new Recorded(tools.runtime().path(), around.cgroup()).text());
        steps.reached(Step.RECORDED);
        LiveProcess process;
        // It takes as long to come up as mounting does.
        try (var creation = new Monitor(tools, bundle).begin(plan, host)) {
            var mounts = new RootMount(bundle);
            mounts.mount(plan, OciMounts.hasOwnShm(plan) ? plan.root().shmBytes() : 0);
            // Last: without it a monitor that is cut off from us makes nothing.
            bundle.write("config.json", OciConfig.of(plan, around));
            steps.reached(Step.MOUNTED);
            process = LiveProcess.of(creation.create());
            steps.reached(Step.CREATED);
            creation.start();
            steps.reached(Step.STARTED);
        }
        var started = new Started(process, Instant.now());
        bundle.write("started", started.text());
        steps.reached(Step.MARKED);
        return new ContainerState.Running(process.pid(), started.at());
    }
}
