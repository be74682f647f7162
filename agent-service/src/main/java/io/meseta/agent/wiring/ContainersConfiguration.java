package io.meseta.agent.wiring;

import io.meseta.agent.containers.ContainerPlace;
import io.meseta.agent.containers.ContainerWork;
import io.meseta.agent.containers.Containers;
import io.meseta.agent.containers.Containment;
import io.meseta.agent.containers.Findings;
import io.meseta.agent.containers.HugePages;
import io.meseta.agent.containers.Secrets;
import io.meseta.agent.engine.AgentLoop;
import io.meseta.agent.images.ImageRounds;
import io.meseta.agent.images.TaskImages;
import io.meseta.agent.launch.EitherRuns;
import io.meseta.agent.launch.ProcessTable;
import io.meseta.agent.launch.Runs;
import io.meseta.agent.launch.Supervisors;
import io.meseta.agent.operator.About;
import io.meseta.images.Images;
import io.meseta.images.reference.ImageFault;
import io.meseta.mesos.secrets.OpeningKey;
import io.meseta.platform.start.StartRefused;
import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.cgroup.Hierarchies;
import io.meseta.runtime.state.RuntimeFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Assembles what runs containers, where this machine can.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ContainerProperties.class)
public class ContainersConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(ContainersConfiguration.class);

    /// What has to be let go of when the agent ends; containers go on.
    ///
    /// @param containment what there is of it
    record Engine(Containment containment, Findings findings, List<Runnable> closing)
            implements AutoCloseable {

        static Engine unable(String why, Path workDirectory) {
            return new Engine(
                    new Containment.Unable(why),
                    new Findings(List.of()),
                    List.of(() -> Volatiles.clearLook(Volatiles.of(workDirectory))));
        }

        @Override
        public void close() {
            for (var each : closing.reversed()) each.run();
        }
    }

    /// The loop comes first: with its checkpoints an agent has its directory for itself alone.
    @Bean(destroyMethod = "close")
    Engine containerEngine(
            ContainerProperties properties,
            Path workDirectory,
            ProcessTable processes,
            About about,
            AgentLoop loop) {
        if (properties.use() == ContainerProperties.Use.NEVER)
            return unable("its operator has them switched off", workDirectory);
        try {
            return open(
                    properties, workDirectory, processes, hugePages(about), () -> isHolding(loop));
        } catch (RuntimeFault | ImageFault fault) {
            var why = String.valueOf(fault.getMessage());
            if (properties.use() == ContainerProperties.Use.REQUIRED)
                throw new StartRefused(
                        "Containers are required (meseta.agent.containers.use), and can't be run: "
                                + why);
            LOG.atWarn().addKeyValue("cause", why).log("This agent runs no containers.");
            return unable(why, workDirectory);
        }
    }

    /// What the last agent process has left running must not be taken for gone.
    private static Engine unable(String why, Path workDirectory) {
        var folders = workDirectory.resolve("meta/containers");
        try (var entries = Files.newDirectoryStream(folders)) {
            if (entries.iterator().hasNext())
                throw new StartRefused(
                        "The last agent in %s has left containers, and this one can't run any: %s."
                                        .formatted(workDirectory, why)
                                + " Mend that, or end them and delete "
                                + folders
                                + ".");
        } catch (NoSuchFileException _) {
            return Engine.unable(why, workDirectory);
        } catch (IOException failure) {
            throw new StartRefused("Can't look into " + folders + ": " + failure.getMessage());
        }
        return Engine.unable(why, workDirectory);
    }

    private static boolean isHolding(AgentLoop loop) {
        var machine = loop.current();
        return !machine.tasks().isEmpty() || !machine.executors().isEmpty();
    }

    private static Engine open(
            ContainerProperties properties,
            Path workDirectory,
            ProcessTable processes,
            HugePages hugePages,
            BooleanSupplier isHolding) {
        var volatiles = Volatiles.of(workDirectory);
        var roots = Volatiles.roots(volatiles);
        if (properties.users().own()) UsersTrial.makePassable(roots);
        // First of all, since it is for the agent alone, and what is made in it is not.
        var held = Volatiles.open(volatiles, workDirectory);
        held.sweepOthers();
        Runnable ending = () -> held.end(isHolding.getAsBoolean());
        var runtime = runtime(properties, held.directory(), roots, ending);
        Images store;
        try {
            store = Images.open(properties.images().toSettings(workDirectory.resolve("images")));
        } catch (ImageFault fault) {
            runtime.close();
            ending.run();
            throw fault;
        }
        var images =
                new TaskImages(
                        store, properties.images().archives(), properties.images().dockerConfig());
        var place =
                new ContainerPlace(
                        workDirectory.resolve("containers"),
                        volatiles.resolve("secrets"),
                        volatiles.resolve("pins"));
        var secrets = new Secrets(OpeningKey.kept(volatiles.resolve("sealing-key")));
        var users =
                UsersTrial.of(
                        properties.users(),
                        place,
                        workDirectory.resolve("images"),
                        workDirectory.resolve("meta/container-users"));
        var work =
                new ContainerWork(
                        images,
                        place,
                        properties.toBounds(),
                        hugePages,
                        users.users(),
                        secrets,
                        isCopying(properties.images().store().backend()));
        var containers =
                new Containers(runtime, processes, workDirectory.resolve("meta/containers"), work);
        boolean isForAll = properties.isolation() == ContainerProperties.Isolation.CONTAINER;
        LOG.atInfo().addKeyValue("runtime", runtime.name()).log("This agent runs containers.");
        var kept = properties.images().store();
        var rounds = new ImageRounds(images, kept.interval(), kept.excluded()).started();
        return new Engine(
                new Containment.Able(containers, work, images, isForAll, secrets),
                new Findings(List.of(users.finding())),
                List.of(ending, runtime::close, images::close, rounds::close));
    }

    /// Where nothing holds a task back, one that asks for them is refused, and others are not.
    private static HugePages hugePages(About about) {
        return Hierarchies.read().limitable().contains("hugetlb")
                ? HugePages.offered(about.machine().getResourcesList())
                : HugePages.NONE;
    }

    private static ContainerRuntime runtime(
            ContainerProperties properties, Path directory, Path roots, Runnable ending) {
        try {
            var home = directory.resolve("runtime");
            return Engines.open(properties.engine().toSettings(home, roots));
        } catch (RuntimeFault fault) {
            ending.run();
            throw fault;
        }
    }

    private static boolean isCopying(ContainerProperties.Backend backend) {
        return switch (backend) {
            case COPY -> true;
            case OVERLAY -> false;
            case AUTO -> !knowsOverlays();
        };
    }

    private static boolean knowsOverlays() {
        try {
            return Files.readString(Path.of("/proc/filesystems")).contains("\toverlay\n");
        } catch (IOException _) {
            return false;
        }
    }

    /// For whoever looks at what this machine can do, beside what runs.
    @Bean
    RuntimeSettings doctorSettings(ContainerProperties properties, Path workDirectory) {
        var ours = Volatiles.of(workDirectory).resolve(Volatiles.LOOK);
        return properties.engine().toSettings(ours, ours.resolve("roots"));
    }

    @Bean
    Containment containment(Engine engine) {
        return engine.containment();
    }

    @Bean
    Runs runs(Containment containment, Supervisors supervisors) {
        return switch (containment) {
            case Containment.Able able -> {
                var containers = able.containers();
                yield new EitherRuns(containers, containers::isKnown, supervisors);
            }
            case Containment.Unable _ -> supervisors;
        };
    }
}
