package io.meseta.agent.wiring;

import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.Home;
import io.meseta.agent.disk.DiskRounds;
import io.meseta.agent.disk.Occupant;
import io.meseta.agent.disk.SandboxQuotas;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.agent.launch.Runs;
import io.meseta.agent.logs.LogRounds;
import io.meseta.agent.meters.ContainerMeters;
import io.meseta.agent.meters.ContainerMeters.Metered;
import io.meseta.agent.sandbox.Sandboxes;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Assembles those who look at what runs again and again: its outputs, and what it takes of the
/// disk.
@Configuration(proxyBeanMethods = false)
public class RoundsConfiguration {

    @Bean
    Occupants occupants(AgentLoop loop, Sandboxes sandboxes) {
        return new Occupants(loop::current, sandboxes);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LogRounds logRounds(AgentProperties properties, Occupants occupants) {
        return new LogRounds(
                properties.tasks().logs().toSettings(),
                () -> occupants.now().stream().map(Occupant::sandbox).toList());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DiskRounds diskRounds(
            ContainerProperties properties, SandboxQuotas quotas, Occupants occupants, Runs runs) {
        return new DiskRounds(
                properties.disk().interval(),
                runs,
                quotas,
                () -> properties.disk().enforced() ? occupants.now() : List.of());
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
            if (executor.isBuiltIn() || !Occupants.isBusy(executor.stage())) continue;
            metered.add(
                    new Metered(
                            executor.container(),
                            executor.key().framework().value(),
                            executor.key().executor().value()));
        }
        for (var task : machine.tasks().values()) {
            if (task.spec().home() instanceof Home.Hosted || !Occupants.isBusy(task.stage()))
                continue;
            metered.add(
                    new Metered(
                            task.container(),
                            task.key().framework().value(),
                            task.key().task().value()));
        }
        return metered;
    }
}
