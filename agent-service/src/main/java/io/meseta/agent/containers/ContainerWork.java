package io.meseta.agent.containers;

import io.meseta.agent.images.ImageWish;
import io.meseta.agent.images.TaskImages;
import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.LaunchFailure;
import io.meseta.agent.launch.Outputs;
import io.meseta.agent.volumes.VolumeLinks;
import io.meseta.images.pulls.ReadyImage;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.rootfs.CommandWish;
import io.meseta.images.rootfs.OverlayLayers;
import io.meseta.images.rootfs.ProcessPlan;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess;
import io.meseta.runtime.plan.ContainerProcess.Identity;
import io.meseta.runtime.plan.ContainerProcess.Terminal;
import io.meseta.runtime.plan.Device;
import io.meseta.runtime.plan.Mount;
import io.meseta.runtime.plan.Output;
import io.meseta.runtime.plan.Root;
import io.meseta.runtime.plan.RootFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// From what a task asks for to a plan that a container runtime can carry out.
public final class ContainerWork {

    /// Where every container with an image sees its sandbox.
    public static final String SANDBOX = "/mnt/mesos/sandbox";

    /// With the machine's network come its names for others.
    private static final List<String> NETWORK_FILES =
            List.of("/etc/resolv.conf", "/etc/hosts", "/etc/hostname");

    private final TaskImages images;
    private final ContainerPlace place;
    private final List<Device> devices;
    private final Confinement confinement;
    private final ContainerLimits limits;
    private final VolumeMounts volumes;
    private final ContainerUsers users;
    private final Secrets secrets;
    private final boolean isCopying;

    /// What was found out of a container's image while it was fetched, until it starts: an image
    /// with its users is read once, and not once for each question.
    private final Map<UUID, Imaged> fetched = new ConcurrentHashMap<>();

    /// @param hugePages of the machine's
    /// @param isCopying whether images are copied for each container, where nothing can be overlaid
    public ContainerWork(
            TaskImages images,
            ContainerPlace place,
            ContainerBounds bounds,
            HugePages hugePages,
            ContainerUsers users,
            Secrets secrets,
            boolean isCopying) {
        this.images = images;
        this.place = place;
        this.devices = bounds.devices();
        this.confinement = new Confinement(bounds);
        this.limits = new ContainerLimits(bounds.shares(), hugePages);
        this.volumes = new VolumeMounts(bounds, place, images, users);
        this.users = users;
        this.secrets = secrets;
        this.isCopying = isCopying;
    }

    /// What to start, and how to ask it to end. To be closed when it has started.
    public record Prepared(ContainerPlan plan, int stopSignal, Runnable closing)
            implements AutoCloseable {

        @Override
        public void close() {
            closing.run();
        }
    }

    /// A container's files, but for its image.
    ///
    /// @param parent the sandbox of the group; the container's own where there is none
    /// @param persistent its volumes that outlive it
    public record Ground(Path sandbox, Path parent, List<VolumeLinks.Shown> persistent) {}

    /// Where the container will see its sandbox.
    public static String shown(ContainerInfo info, Path sandbox) {
        return ContainerDemands.hasImage(info) ? SANDBOX : sandbox.toString();
    }

    /// Fetches what the container's files are made of, and finds out whose they are.
    ///
    /// @param account whom the task runs as unless it or its image says otherwise
    /// @param progress hears how far it is, in words for people
    public Account fetch(ContainerTask sealed, Account account, Consumer<String> progress) {
        var task = sealed.opened(secrets);
        // What an earlier attempt has left is of no use.
        place.clear(task.container());
        users.claim(task);
        try {
            volumes.pull(task.container(), task.info().getVolumesList());
            var wish = images.wish(task.info());
            if (wish.isEmpty()) return account;
            var image = images.pull(task.container(), wish.get(), progress);
            if (isCopying(task.container())) copy(image, task.container(), progress);
            var imaged = new Imaged(image);
            fetched.put(task.container(), imaged);
            return owner(task.command(), imaged, account);
        } catch (ImageFault fault) {
            throw new LaunchFailure("Failed to pull the image: " + fault.getMessage(), fault);
        }
    }

    private void copy(ReadyImage image, UUID container, Consumer<String> progress) {
        progress.accept("copying the image");
        users.copy(container, OverlayLayers.of(image.layers()), place.root(container));
    }

    private boolean isCopying(UUID container) {
        return isCopying || users.isCopying(container);
    }

    /// Who a user of the container is on this machine, once its files are fetched.
    public Account outside(ContainerTask task, Account inside) {
        return users.outside(task.container(), inside);
    }

    /// Whose files those are that were fetched.
    public Account owner(ContainerTask task, Account account) {
        try {
            var wish = images.wish(task.info());
            return wish.isEmpty()
                    ? account
                    : owner(task.command(), imaged(task.container(), wish.get()), account);
        } catch (ImageFault fault) {
            throw new LaunchFailure("the image can't be run: " + fault.getMessage(), fault);
        }
    }

    /// A user that the task names goes before the image's, which goes before the framework's. But
    /// an image makes nobody root who is not: only the user's name was authorized.
    private static Account owner(CommandInfo command, Imaged imaged, Account account) {
        var defaults = imaged.image().config().defaults();
        if (!command.getUser().isEmpty() || defaults.user().isEmpty()) return account;
        var user = imaged.user();
        if (user.user() == 0 && account.uid() != 0) return account;
        return new Account(Integer.toString(user.user()), user.user(), user.group(), user.home());
    }

    /// After a restart it is read once more.
    private Imaged imaged(UUID container, ImageWish wish) {
        var known = fetched.get(container);
        if (known != null) return known;
        var found = new Imaged(images.leased(container, wish));
        fetched.put(container, found);
        return found;
    }

    /// The plan of something that was fetched.
    ///
    /// @param account as it was found out
    /// @param environment what the task is told
    public Prepared plan(
            ContainerTask task, Ground files, Account account, Map<String, String> environment) {
        var pins = place.pins(task.container());
        try {
            var opened = task.opened(secrets);
            var told = SecretVariables.told(opened.command(), environment);
            return plan(opened, new Pinned(files, pins), account, told);
        } catch (RuntimeException failure) {
            pins.close();
            throw failure;
        } finally {
            fetched.remove(task.container());
        }
    }

    /// A container's files, and what keeps them in place while it is made.
    private record Pinned(Ground ground, Pins pins) {

        Path sandbox() {
            return ground.sandbox();
        }

        Prepared prepared(ContainerPlan plan, int stopSignal) {
            return new Prepared(plan, stopSignal, pins::close);
        }
    }

    private Prepared plan(
            ContainerTask task, Pinned files, Account account, Map<String, String> environment) {
        try {
            var wish = images.wish(task.info());
            return wish.isEmpty()
                    ? plain(task, files, account, environment)
                    : of(wish.get(), task, files, account, environment);
        } catch (ImageFault fault) {
            throw new LaunchFailure("the image can't be run: " + fault.getMessage(), fault);
        } catch (IllegalArgumentException wrong) {
            throw new LaunchFailure(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Prepared of(
            ImageWish wish,
            ContainerTask task,
            Pinned files,
            Account account,
            Map<String, String> environment) {
        var imaged = imaged(task.container(), wish);
        var image = imaged.image();
        var process = ProcessPlan.of(image, imaged.user(), command(task.command()), environment);
        var groups =
                account.uid() == process.user().user()
                        ? process.user().groups()
                        : List.<Integer>of();
        var identity = new Identity((int) account.uid(), (int) account.gid(), groups);
        var directory =
                image.config().defaults().workingDirectory().isEmpty()
                        ? SANDBOX
                        : process.workingDirectory();
        var variables = new LinkedHashMap<>(process.environment());
        if (account.uid() != process.user().user()) variables.put("HOME", account.home());
        var mounts = new ArrayList<Mount>();
        mounts.add(Mount.Bind.of(files.sandbox().toAbsolutePath(), SANDBOX, false));
        for (var file : NETWORK_FILES)
            if (Files.isReadable(Path.of(file)))
                mounts.add(Mount.Bind.of(Path.of(file), file, true));
        mounts.addAll(volumes.inMemory(task.info()));
        mounts.addAll(mounts(task, files, account, SANDBOX));
        var contained =
                new ContainerProcess(
                        process.arguments(),
                        variables,
                        directory,
                        identity,
                        terminal(task.info()),
                        Confinement.rlimits(task.info()),
                        null);
        var plan =
                finished(
                        task,
                        files,
                        root(task.container(), image, files.pins()),
                        contained,
                        mounts);
        return files.prepared(plan, StopSignal.number(process.stopSignal()));
    }

    private Prepared plain(
            ContainerTask task, Pinned files, Account account, Map<String, String> environment) {
        var shown = files.sandbox().toAbsolutePath().toString();
        var argv = new ArrayList<String>();
        var command = task.command();
        if (command.getShell()) argv.addAll(List.of("/bin/sh", "-c", command.getValue()));
        else {
            argv.add(command.getValue());
            argv.addAll(command.getArgumentsList().stream().skip(1).toList());
        }
        var process =
                new ContainerProcess(
                        argv,
                        environment,
                        shown,
                        new Identity((int) account.uid(), (int) account.gid(), List.of()),
                        terminal(task.info()),
                        Confinement.rlimits(task.info()),
                        null);
        var mounts = mounts(task, files, account, shown);
        return files.prepared(
                finished(task, files, new Root.Machine(), process, mounts), StopSignal.TERMINATE);
    }

    private ContainerPlan finished(
            ContainerTask task,
            Pinned files,
            Root root,
            ContainerProcess process,
            List<Mount> mounts) {
        var info = task.info();
        return ContainerPlan.of(confinement.files(info, RootFiles.of(root)), process)
                .named(info.getHostname())
                .mounting(mounts)
                .in(users.namespaces(task.container(), confinement.namespaces(info)))
                .with(confinement.privileges(info, process.identity().user() == 0))
                .within(limits.of(task.resources(), task.limits(), DockerWishes.of(task.info())))
                .using(devices)
                .writing(outputs(files));
    }

    private static Output outputs(Pinned files) {
        try {
            return new Output(
                    files.pins().keep(Outputs.hold(files.sandbox(), "stdout")),
                    files.pins().keep(Outputs.hold(files.sandbox(), "stderr")));
        } catch (IOException failure) {
            throw new LaunchFailure("the outputs can't be opened", failure);
        }
    }

    private Root root(UUID container, ReadyImage image, Pins pins) {
        if (isCopying(container)) return new Root.Directory(place.root(container).toAbsolutePath());
        var writable = place.layers(container).toAbsolutePath();
        return users.overlaid(container, OverlayLayers.of(image.layers()), writable, pins);
    }

    private List<Mount> mounts(ContainerTask task, Pinned files, Account owner, String shown) {
        var ground =
                new VolumeMounts.Ground(
                        task.container(),
                        files.sandbox(),
                        files.ground().parent(),
                        shown,
                        users.outside(task.container(), owner),
                        !ContainerDemands.hasImage(task.info()),
                        files.pins());
        return volumes.mounts(task.info().getVolumesList(), files.ground().persistent(), ground);
    }

    /// Of `arguments` the first is the program's own name, unless the image names the program.
    private static CommandWish command(CommandInfo command) {
        if (command.getShell()) return new CommandWish(true, value(command), List.of());
        var arguments = command.getArgumentsList();
        return command.getValue().isEmpty()
                ? new CommandWish(false, null, arguments)
                : new CommandWish(false, command.getValue(), arguments.stream().skip(1).toList());
    }

    private static @Nullable String value(CommandInfo command) {
        return command.getValue().isEmpty() ? null : command.getValue();
    }

    private static @Nullable Terminal terminal(ContainerInfo info) {
        if (!info.hasTtyInfo()) return null;
        var size = info.getTtyInfo().getWindowSize();
        return new Terminal(size.getColumns(), size.getRows());
    }

    /// Lets go of what was kept for a container.
    public void release(UUID container) {
        fetched.remove(container);
        place.clear(container);
        images.release(container);
        users.release(container);
    }

    /// After a restart: lets go of what is kept for nobody.
    public void releaseAllBut(Set<UUID> held) {
        place.clearAllBut(held);
        images.releaseAllBut(held);
        users.releaseAllBut(held);
    }
}
