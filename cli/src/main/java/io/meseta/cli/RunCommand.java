package io.meseta.cli;

import io.meseta.client.ClientFault;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.Environment;
import io.meseta.mesos.v1.FrameworkInfo;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs a command as a task and behaves as if it ran here: its output, its exit code, its end on
/// Ctrl-C.
@Command(
        name = "run",
        description = "Runs a command as a task: streams its output, exits with its exit code.",
        footer = {"", "Example: meseta run --cpus 0.5 -- sh -c 'echo hello; exit 3'"},
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ClusterChoice cluster = new ClusterChoice();

    @Option(names = "--cpus", defaultValue = "1", description = "CPUs (default ${DEFAULT-VALUE}).")
    private double cpus;

    @Option(
            names = "--mem",
            defaultValue = "128",
            description = "Memory in MB (default ${DEFAULT-VALUE}).")
    private double mem;

    @Option(names = "--disk", defaultValue = "0", description = "Disk in MB (default none).")
    private double disk;

    @Option(names = "--name", description = "The task's name (default: that of the command).")
    private @Nullable String name;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "Sets a variable in the task's environment; may be repeated.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--uri",
            paramLabel = "URI",
            description = "Fetched into the sandbox, and extracted if an archive; may be repeated.")
    private List<String> uris = new ArrayList<>();

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "Lets others in the cluster find the task under this name.")
    private @Nullable String service;

    @Option(
            names = "--port",
            paramLabel = "[NAME=]PORT|auto",
            description = {
                "Takes a port of the agent, a certain one or any; may be repeated. The task finds",
                "the numbers in $PORT0, $PORT1, ... and, with a name, in $PORT_NAME."
            })
    private List<String> ports = new ArrayList<>();

    @Option(names = "--user", description = "As whom the task runs (default: you).")
    private String user = System.getProperty("user.name", "nobody");

    @Option(names = "--role", description = "Whose share of the cluster.")
    private String role = "*";

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command, after --.")
    private List<String> command = new ArrayList<>();

    RunCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        var err = spec.commandLine().getErr();
        var notes = new PrintWriter(err, true);
        var ordered = order();
        try (var master = cluster.master()) {
            var sinks =
                    // Not System.out: it hides that nobody reads any more.
                    new TaskOutput.Sinks(
                            new FileOutputStream(FileDescriptor.out),
                            new FileOutputStream(FileDescriptor.err));
            var ending = new TaskRun(master, ordered, sinks, notes).run();
            ending.complaint().ifPresent(words -> notes.println("meseta: " + words));
            return ending.exitCode();
        } catch (ClientFault.Rejected rejected) {
            throw new Refusal("the master refused: " + rejected.getMessage());
        }
    }

    private TaskOrder order() {
        check(cpus > 0 || mem > 0, "a task needs --cpus or --mem above zero");
        check(finite(cpus) && finite(mem) && finite(disk), "an amount may not be negative");
        check(environment.keySet().stream().noneMatch(String::isEmpty), "--env needs a name");
        var taskName = name == null ? baseName(command.getFirst()) : name;
        var amounts = new LinkedHashMap<String, Double>();
        amounts.put("cpus", cpus);
        amounts.put("mem", mem);
        amounts.put("disk", disk);
        var needs = new TaskOrder.Needs(Demand.of(amounts), portDemand());
        var found = Optional.ofNullable(service);
        check(
                found.isEmpty() || SERVICE.matcher(found.get()).matches(),
                "--service needs a name of letters, digits, and _.-, at most 63");
        return new TaskOrder(framework(taskName), taskName, commandInfo(), needs, found);
    }

    private PortDemand portDemand() {
        try {
            return PortDemand.parse(ports);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    spec.commandLine(), "--port: " + wrong.getMessage(), wrong);
        }
    }

    private void check(boolean isRight, String complaint) {
        if (!isRight) {
            throw new ParameterException(spec.commandLine(), complaint);
        }
    }

    private static boolean finite(double amount) {
        return amount >= 0 && amount < 1e12;
    }

    /// The words are passed on as they are, with no shell between: quoting means what it says.
    private CommandInfo commandInfo() {
        var info =
                CommandInfo.newBuilder()
                        .setShell(false)
                        .setValue(command.getFirst())
                        .addAllArguments(command)
                        .setUser(user);
        environment.forEach((variable, value) ->
                info.getEnvironmentBuilder()
                        .addVariables(
                                Environment.Variable.newBuilder()
                                        .setName(variable)
                                        .setType(Environment.Variable.Type.VALUE)
                                        .setValue(value)));
        uris.forEach(uri -> info.addUris(CommandInfo.URI.newBuilder().setValue(uri)));
        return info.build();
    }

    private FrameworkInfo framework(String taskName) {
        var host = hostname();
        return FrameworkInfo.newBuilder()
                .setUser(user)
                .setName("meseta run " + taskName + " (" + user + "@" + host + ")")
                .setHostname(host)
                .setFailoverTimeout((double) Conversation.RESUME_LIMIT.toSeconds())
                .setCheckpoint(true)
                .addRoles(role)
                .addCapabilities(capability(FrameworkInfo.Capability.Type.MULTI_ROLE))
                .addCapabilities(capability(FrameworkInfo.Capability.Type.PARTITION_AWARE))
                .addCapabilities(capability(FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT))
                .addCapabilities(capability(FrameworkInfo.Capability.Type.TASK_KILLING_STATE))
                .build();
    }

    private static FrameworkInfo.Capability capability(FrameworkInfo.Capability.Type type) {
        return FrameworkInfo.Capability.newBuilder().setType(type).build();
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Without asking a name server, which may take seconds to say that it does not know.
    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException _) {
            return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
        }
    }
}
