package io.meseta.agent.wiring;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Home;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.disk.DiskDemand;
import io.meseta.agent.disk.Occupant;
import io.meseta.agent.executors.ExecutorWords;
import io.meseta.agent.sandbox.SandboxPath;
import io.meseta.agent.sandbox.Sandboxes;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.AgentId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// All that may be writing, each with a sandbox of its own. Those who ask do so again and again,
/// mostly when nothing has changed, so the answer is kept for as long as the machine is the same.
final class Occupants {

    private record Known(Machine machine, List<Occupant> occupants) {}

    private final Supplier<Machine> machine;
    private final Sandboxes sandboxes;
    private volatile Known known;

    Occupants(Supplier<Machine> machine, Sandboxes sandboxes) {
        this.machine = machine;
        this.sandboxes = sandboxes;
        var now = machine.get();
        this.known = new Known(now, of(now));
    }

    @SuppressWarnings("ReferenceEquality") // a machine is its own version
    List<Occupant> now() {
        var now = machine.get();
        var latest = known;
        if (latest.machine() != now) {
            latest = new Known(now, of(now));
            known = latest;
        }
        return latest.occupants();
    }

    static boolean isBusy(Stage stage) {
        return stage != Stage.ORDERED && stage != Stage.ENDED;
    }

    private List<Occupant> of(Machine machine) {
        var occupants = new ArrayList<Occupant>();
        var agent = machine.agent();
        if (agent.isEmpty()) return List.of();
        for (var executor : machine.executors().values()) {
            if (executor.isBuiltIn() || !isBusy(executor.stage())) continue;
            occupants.add(
                    occupant(
                            executor.container(),
                            sandboxes.locate(SandboxPath.of(agent.get(), executor)),
                            ExecutorWords.info(executor).getResourcesList()));
        }
        for (var task : machine.tasks().values()) {
            if (task.spec().home() instanceof Home.Hosted || !isBusy(task.stage())) continue;
            occupants.add(of(task, agent.get()));
        }
        return List.copyOf(occupants);
    }

    private Occupant of(AgentTask task, AgentId agent) {
        try {
            var info = TaskInfo.parseFrom(task.spec().wire().asReadOnly());
            return occupant(
                    task.container(),
                    sandboxes.locate(SandboxPath.of(agent, task)),
                    info.getResourcesList());
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a task is held that can't be read", malformed);
        }
    }

    private static Occupant occupant(UUID container, Path sandbox, List<Resource> resources) {
        return new Occupant(container, sandbox, DiskDemand.bytes(resources));
    }
}
