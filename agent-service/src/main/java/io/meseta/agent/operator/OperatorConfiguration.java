package io.meseta.agent.operator;

import io.meseta.agent.containers.Containment;
import io.meseta.agent.containers.Findings;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.disk.DiskRounds;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.agent.fetch.Fetcher;
import io.meseta.agent.files.LogName;
import io.meseta.agent.files.SandboxFiles;
import io.meseta.agent.files.SandboxNames;
import io.meseta.agent.launch.Runs;
import io.meseta.agent.master.MasterLink;
import io.meseta.agent.sandbox.SandboxRounds;
import io.meseta.agent.sandbox.Sandboxes;
import io.meseta.platform.access.Access;
import io.meseta.platform.process.LogFile;
import io.meseta.platform.process.LogLevels;
import io.meseta.runtime.RuntimeSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Assembles the operator's routes.
@Configuration(proxyBeanMethods = false)
public class OperatorConfiguration {

    @Bean
    Rights rights(Access access, AgentLoop loop, History history) {
        return new Rights(
                access,
                () ->
                        Stream.concat(
                                loop.current().tasks().values().stream(),
                                history.completed().stream().map(History.Completed::task)),
                () -> loop.current().agent().map(id -> id.value()).orElse(""));
    }

    @Bean
    WireViews wireViews(AgentLoop loop, History history) {
        return new WireViews(loop::current, history);
    }

    @Bean
    AgentMetrics agentMetrics(
            About about,
            MasterLink link,
            WireViews views,
            SandboxRounds rounds,
            Fetcher fetcher,
            InstantSource clock) {
        return new AgentMetrics(
                about,
                () -> link.listener().isPresent(),
                views,
                rounds::removals,
                fetcher::figures,
                clock);
    }

    @Bean
    StateView stateView(
            About about,
            AgentLoop loop,
            MasterLink link,
            History history,
            Sandboxes sandboxes,
            JsonMapper mapper) {
        Supplier<String> master =
                () -> link.listener().map(MasterLink.Listener::master).map(URI::getHost).orElse("");
        return new StateView(about, loop::current, master, history, sandboxes, mapper);
    }

    @Bean
    SandboxFiles sandboxFiles(
            Path workDirectory, Sandboxes sandboxes, AgentLoop loop, LogFile log) {
        Supplier<Machine> machine = loop::current;
        var names = new SandboxNames(workDirectory, sandboxes, machine);
        return new SandboxFiles(new LogName(log, names));
    }

    @Bean
    OperatorCalls operatorCalls(
            About about,
            WireViews views,
            AgentMetrics metrics,
            SandboxFiles files,
            LogLevels levels,
            OperatorCalls.Means means) {
        return new OperatorCalls(about, views, metrics, files, levels, means);
    }

    @Bean
    OperatorCalls.Means operatorMeans(
            Rights rights, ContainerViews containers, Containment containment) {
        return new OperatorCalls.Means(rights, containers, containment);
    }

    @Bean
    ContainerViews containerViews(
            WireViews views, Runs runs, DiskRounds disk, About about, InstantSource clock) {
        return new ContainerViews(views, runs, disk, about.address(), clock);
    }

    @Bean
    DoctorController doctorController(RuntimeSettings doctorSettings, Findings findings) {
        return new DoctorController(doctorSettings, findings);
    }

    @Bean
    ContainerController containerController(
            ContainerViews containers, Rights rights, JsonMapper mapper) {
        return new ContainerController(containers, rights, mapper);
    }

    @Bean
    CallController callController(OperatorCalls calls) {
        return new CallController(calls);
    }

    @Bean
    UnknownRoutes unknownRoutes() {
        return new UnknownRoutes();
    }

    @Bean
    LegacyController legacyController(
            About about, StateView state, AgentMetrics metrics, JsonMapper mapper, Rights rights) {
        return new LegacyController(about, state, metrics, mapper, rights);
    }

    @Bean
    MachineController machineController(LogLevels levels, Rights rights, JsonMapper mapper) {
        return new MachineController(levels, rights, mapper);
    }

    @Bean
    FilesController filesController(SandboxFiles files, JsonMapper mapper, Rights rights) {
        return new FilesController(files, mapper, rights);
    }
}
