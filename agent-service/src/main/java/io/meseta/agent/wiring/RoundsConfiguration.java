package io.meseta.agent.wiring;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Home;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.disk.DiskDemand;
import io.meseta.agent.disk.DiskRounds;
import io.meseta.agent.disk.Occupant;
import io.meseta.agent.disk.SandboxQuotas;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.agent.executors.ExecutorWords;
import io.meseta.agent.launch.Runs;
import io.meseta.agent.logs.LogRounds;
import io.meseta.agent.meters.ContainerMeters;
import io.meseta.agent.meters.ContainerMeters.Metered;
import io.meseta.agent.sandbox.SandboxPath;
import io.meseta.agent.sandbox.Sandboxes;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.AgentId;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Assembles those who look at what runs again and again: its outputs, and what it takes of the
/// disk.
@Configuration(proxyBeanMethods = false)
public class RoundsConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    LogRounds logRounds(AgentProperties properties, Sandboxes sandboxes, AgentLoop loop) {
        return new LogRounds(
                properties.tasks().logs().toSettings(),
                () ->
                        occupants(loop.current(), sandboxes).stream()
                                .map(Occupant::sandbox)
                                .toList());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DiskRounds diskRounds(
            ContainerProperties properties,
            Sandboxes sandboxes,
            SandboxQuotas quotas,
            AgentLoop loop,
            Runs runs) {
        return new DiskRounds(
                properties.disk().interval(),
                runs,
                quotas,
                () ->
                        properties.disk().enforced()
                                ? occupants(loop.current(), sandboxes)
                                : List.of());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ContainerMeters containerMeters(
            ContainerProperties properties, MeterRegistry registry, AgentLoop loop, Runs runs) {
        return new ContainerMeters(
                properties.metrics().toTerms(),
                registry,
                () -> metered(loop.current()),
                runs::usage);
    }

    /// Whatever has processes of its own, in the machine's order.
    private static List<Metered> metered(Machine machine) {
        var metered = new ArrayList<Metered>();
        for (var executor : machine.executors().values()) {
            if (executor.isBuiltIn() || !isBusy(executor.stage())) continue;
            metered.add(
                    new Metered(
                            executor.container(),
                            executor.key().framework().value(),
                            executor.key().executor().value()));
        }
        for (var task : machine.tasks().values()) {
            if (task.spec().home() instanceof Home.Hosted || !isBusy(task.stage())) continue;
            metered.add(
                    new Metered(
                            task.container(),
                            task.key().framework().value(),
                            task.key().task().value()));
        }
        return metered;
    }

    /// All that may be writing, each with a sandbox of its own.
    private static List<Occupant> occupants(Machine machine, Sandboxes sandboxes) {
        var occupants = new ArrayList<Occupant>();
        var agent = machine.agent();
        if (agent.isEmpty()) return occupants;
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
            occupants.add(of(task, agent.get(), sandboxes));
        }
        return occupants;
    }

    private static boolean isBusy(Stage stage) {
        return stage != Stage.ORDERED && stage != Stage.ENDED;
    }

    private static Occupant of(AgentTask task, AgentId agent, Sandboxes sandboxes) {
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
