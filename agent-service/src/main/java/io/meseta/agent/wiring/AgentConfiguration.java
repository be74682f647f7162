package io.meseta.agent.wiring;

import com.google.protobuf.ByteString;
import io.meseta.agent.checkpoint.Checkpoints;
import io.meseta.agent.containers.Containment;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.disk.SandboxQuotas;
import io.meseta.agent.effects.AgentEffects;
import io.meseta.agent.effects.Telling;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.agent.executors.ExecutorStreams;
import io.meseta.agent.executors.ExecutorTokens;
import io.meseta.agent.fetch.Fetcher;
import io.meseta.agent.launch.ProcessTable;
import io.meseta.agent.launch.Runs;
import io.meseta.agent.launch.Supervisors;
import io.meseta.agent.master.ExecutorLine;
import io.meseta.agent.master.MasterLink;
import io.meseta.agent.master.SelfDescription;
import io.meseta.agent.operator.About;
import io.meseta.agent.operator.History;
import io.meseta.agent.reports.ReportQueue;
import io.meseta.agent.resources.AttributeText;
import io.meseta.agent.resources.ConfiguredResources;
import io.meseta.agent.resources.Oversubscription;
import io.meseta.agent.sandbox.SandboxRounds;
import io.meseta.agent.sandbox.SandboxSweep;
import io.meseta.agent.sandbox.Sandboxes;
import io.meseta.agent.steps.ExecutorPatience;
import io.meseta.agent.steps.SandboxWork;
import io.meseta.agent.steps.TaskRunner;
import io.meseta.agent.steps.TaskWork;
import io.meseta.agent.volumes.VolumeKeeper;
import io.meseta.agent.volumes.VolumeLinks;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.platform.credentials.OwnToken;
import io.meseta.platform.open.OpenModeProperties;
import io.meseta.platform.start.StartRefused;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Assembles the agent.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AgentProperties.class)
public class AgentConfiguration {

    @Bean
    Path workDirectory(AgentProperties properties) {
        try {
            return Files.createDirectories(properties.work());
        } catch (IOException failure) {
            throw new StartRefused(
                    "The work directory %s can't be made: %s."
                                    .formatted(properties.work(), failure.getMessage())
                            + " Name another with meseta.agent.work-dir.");
        }
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    ServerPort serverPort() {
        return new ServerPort();
    }

    @Bean
    About about(
            AgentProperties properties,
            Path workDirectory,
            ServerPort port,
            Environment environment,
            InstantSource clock,
            AgentFlags flags) {
        var bound = environment.getProperty("server.address", "127.0.0.1");
        var address = OwnAddress.of(bound, properties.hostname());
        var hostname = properties.hostname().isEmpty() ? address : properties.hostname();
        var resources = resources(properties, workDirectory);
        var configuredPort = environment.getProperty("server.port", "5051");
        return new About(
                About.MESOS_VERSION,
                clock.instant(),
                flags.of(resources.text(), hostname, configuredPort),
                describe(properties, resources, hostname),
                address,
                port::port);
    }

    @Bean
    AgentFlags agentFlags(
            AgentProperties properties, ContainerProperties containers, OpenModeProperties mode) {
        return new AgentFlags(properties, containers, mode.open());
    }

    private static ConfiguredResources resources(AgentProperties properties, Path workDirectory) {
        try {
            return ConfiguredResources.of(
                    properties.resources(),
                    new Role(properties.place().defaultRole()),
                    workDirectory);
        } catch (IllegalArgumentException malformed) {
            throw new StartRefused(
                    "The agent's resources can't be read: " + malformed.getMessage());
        }
    }

    private static AgentInfo describe(
            AgentProperties properties, ConfiguredResources resources, String hostname) {
        try {
            var info =
                    AgentInfo.newBuilder()
                            .setHostname(hostname)
                            .addAllResources(resources.resources())
                            .addAllAttributes(AttributeText.attributes(properties.attributes()));
            properties.place().faultDomain().ifPresent(info::setDomain);
            return info.build();
        } catch (IllegalArgumentException malformed) {
            throw new StartRefused(
                    "The agent's attributes or domain can't be read: " + malformed.getMessage());
        }
    }

    @Bean(destroyMethod = "close")
    Checkpoints checkpoints(Path workDirectory) {
        return Checkpoints.open(workDirectory.resolve("meta"));
    }

    @Bean
    AgentLoop agentLoop(
            Checkpoints checkpoints,
            About about,
            Path workDirectory,
            Environment environment,
            InstantSource clock,
            AgentProperties properties) {
        var machine = checkpoints.read();
        int port = environment.getProperty("server.port", Integer.class, 0);
        var now = about.machine().toBuilder().setPort(Math.max(0, port)).build();
        Sameness.check(
                machine,
                checkpoints,
                now,
                workDirectory,
                properties.place().reconfigurationPolicy());
        var held = Sameness.holdings(machine, now);
        return new AgentLoop(machine.having(held), checkpoints::write, clock, new SecureRandom());
    }

    @Bean
    ProcessTable processTable() {
        return new ProcessTable();
    }

    @Bean
    Supervisors supervisors(Path workDirectory, ProcessTable table) {
        return new Supervisors(workDirectory.resolve("meta/runs"), table);
    }

    @Bean
    Sandboxes sandboxes(Path workDirectory) {
        return new Sandboxes(workDirectory);
    }

    @Bean
    SandboxRounds sandboxRounds(
            AgentProperties properties, Path workDirectory, AgentLoop loop, InstantSource clock) {
        var settings = properties.gc().toSettings();
        return new SandboxRounds(
                new SandboxSweep(workDirectory, settings),
                settings.interval(),
                () -> inUse(loop.current()),
                clock);
    }

    /// The runs whose sandboxes must stay.
    private static Set<UUID> inUse(Machine machine) {
        var inUse = new HashSet<UUID>();
        for (var executor : machine.executors().values()) inUse.add(executor.container());
        for (var task : machine.tasks().values()) {
            inUse.add(task.container());
            task.spec().home().executorRun().ifPresent(inUse::add);
        }
        return inUse;
    }

    @Bean
    VolumeKeeper volumeKeeper(Path workDirectory, AgentLoop loop) {
        return new VolumeKeeper(workDirectory.resolve("volumes"), loop);
    }

    @Bean
    Fetcher fetcher(AgentProperties properties, Path workDirectory) {
        return new Fetcher(properties.tasks().fetch().toSettings(workDirectory.resolve("fetched")));
    }

    @Bean
    SandboxWork sandboxWork(
            Sandboxes sandboxes, VolumeKeeper volumes, Fetcher fetcher, SandboxQuotas quotas) {
        return new SandboxWork(sandboxes, new VolumeLinks(volumes), fetcher, quotas);
    }

    @Bean
    TaskWork taskWork(
            AgentProperties properties,
            SandboxWork sandboxes,
            Supervisors supervisors,
            Containment containment,
            About about,
            ExecutorPatience patience) {
        return new TaskWork(
                sandboxes,
                supervisors,
                containment,
                about::endpoint,
                properties.switchUser(),
                patience);
    }

    @Bean
    TaskRunner taskRunner(TaskWork work, Runs runs, AgentLoop loop) {
        return new TaskRunner(work, runs, loop);
    }

    @Bean
    ExecutorPatience executorPatience(
            AgentProperties properties, ExecutorTokens tokens, OpenModeProperties mode) {
        var executors = properties.tasks().executors();
        return new ExecutorPatience(
                executors.recoveryTimeout(),
                executors.reregistrationTimeout(),
                executor -> mode.open() ? Optional.empty() : Optional.of(tokens.issue(executor)));
    }

    @Bean
    ReportQueue reportQueue() {
        return new ReportQueue();
    }

    @Bean
    History history() {
        return new History();
    }

    @Bean
    MasterLink masterLink(
            AgentProperties properties,
            AgentLoop loop,
            Supplier<SelfDescription> introduction,
            ReportQueue reports,
            OwnToken own,
            ExecutorStreams executors) {
        return new MasterLink(
                properties.linkSettings(),
                loop,
                loop::current,
                introduction,
                reports,
                own,
                new ExecutorLine(properties.tasks().executors().toTerms(), executors::pass));
    }

    /// What we say of ourselves whenever we come to a master.
    @Bean
    Supplier<SelfDescription> introduction(
            About about,
            ProcessTable table,
            Checkpoints checkpoints,
            AgentProperties properties,
            Containment containment) {
        var oversubscribed = oversubscribed(properties);
        var key =
                switch (containment) {
                    case Containment.Able able -> able.secrets().key().sealing().encoded();
                    case Containment.Unable _ -> new byte[0];
                };
        return () ->
                new SelfDescription(
                        about.description(),
                        about.version(),
                        table.bootId(),
                        about.address(),
                        oversubscribed,
                        ByteString.copyFrom(key),
                        checkpoints::joining);
    }

    private static Resources oversubscribed(AgentProperties properties) {
        try {
            return Oversubscription.parse(properties.place().oversubscribed());
        } catch (IllegalArgumentException malformed) {
            throw new StartRefused(
                    "What the agent gives away twice can't be read: " + malformed.getMessage());
        }
    }

    @Bean
    Telling telling(ReportQueue reports, MasterLink link, About about, ExecutorStreams executors) {
        return new Telling(reports, link::hangUp, about.address(), executors);
    }

    @Bean
    AgentEffects agentEffects(
            TaskRunner runner, VolumeKeeper volumes, Telling telling, History history, Runs runs) {
        return new AgentEffects(runner, volumes, telling, history, runs);
    }

    @Bean
    AgentLife.Memory agentMemory(
            Checkpoints checkpoints, About about, ProcessTable table, AgentProperties properties) {
        var patience = properties.tasks().executors().reregistrationTimeout();
        return new AgentLife.Memory(checkpoints, about, table.bootId(), patience);
    }

    @Bean
    AgentLife agentLife(
            AgentLife.Memory memory,
            AgentLoop loop,
            AgentEffects effects,
            SandboxRounds rounds,
            MasterLink link) {
        return new AgentLife(memory, loop, effects, rounds, link);
    }

    /// Ready means that a master listens; alive does not need one.
    @Bean
    HealthIndicator masterHealthIndicator(MasterLink link) {
        return () ->
                link.listener().isPresent() ? Health.up().build() : Health.outOfService().build();
    }

    @Bean
    MeterBinder agentMeters(AgentLoop loop, ReportQueue reports, MasterLink link) {
        return registry -> {
            for (var stage : Stage.values()) {
                Gauge.builder("meseta.agent.tasks", loop, each -> count(each.current(), stage))
                        .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                        .description("Tasks held, by how far they have come.")
                        .register(registry);
            }
            Gauge.builder("meseta.agent.reports.waiting", reports, ReportQueue::size)
                    .description("Reports that no master has answered for.")
                    .register(registry);
            Gauge.builder(
                            "meseta.agent.master.listens",
                            link,
                            each -> each.listener().isPresent() ? 1 : 0)
                    .description("1 while a master listens.")
                    .register(registry);
        };
    }

    private static double count(Machine machine, Stage stage) {
        return machine.tasks().values().stream().filter(task -> task.stage() == stage).count();
    }
}
