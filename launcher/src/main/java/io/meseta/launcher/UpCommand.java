package io.meseta.launcher;

import io.meseta.client.ClientFault;
import io.meseta.client.Endpoint;
import io.meseta.client.Master;
import io.meseta.launcher.Services.Mode;
import io.meseta.launcher.doctor.ContainerAdvice;
import io.meseta.launcher.logs.LogRotation;
import io.meseta.launcher.secrets.SecretFiles;
import io.meseta.mesos.v1.master.Response.GetAgents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Starts everything, watches over it, and stops it at the end.
@Command(
        name = "up",
        description = "Starts PostgreSQL and all services, and watches over them.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    private static final int GATEWAY_PORT = 8080;
    private static final int AUTH_PORT = 8081;
    private static final int PORT_MAX = 65_535;
    private static final int MASTERS_MAX = 9;
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(5);
    private static final long LOOK_MS = 50;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DataChoice data = new DataChoice();

    @Option(names = "--agents", paramLabel = "N", description = "How many agents (default 2).")
    private int agents = 2;

    @Option(
            names = "--masters",
            paramLabel = "N",
            description = {
                "How many masters (default 1): one leads, the others stand by, on the ports from",
                "101 after the port base on."
            })
    private int masters = 1;

    @Option(names = "--detach", description = "Returns once everything is ready, and leaves it up.")
    private boolean isDetached;

    @Option(
            names = "--open",
            description = "No authentication: everybody on this machine may do anything.")
    private boolean isOpen;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description = "The master's port; agents take those after it (default 5050).")
    private int portBase = Master.PORT;

    @Option(
            names = "--gateway-port",
            paramLabel = "PORT",
            description = "The port of the gateway, the one door (default 8080).")
    private int gatewayPort = GATEWAY_PORT;

    @Option(
            names = "--auth-port",
            paramLabel = "PORT",
            description = "The auth-service's port (default 8081).")
    private int authPort = AUTH_PORT;

    @Option(
            names = "--db",
            paramLabel = "URL",
            description = {
                "An existing PostgreSQL, postgresql://USER:PASSWORD@HOST/NAME, in place of ours.",
                "Better by MESETA_DB_URL: command lines can be read by everybody."
            })
    private @Nullable String databaseUrl;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "What the services listen on (default 127.0.0.1).")
    private String bind = "127.0.0.1";

    UpCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        check();
        var layout = data.layout();
        layout.create();
        var progress = new Progress(spec.commandLine().getOut());
        if (isDetached) {
            return new Detached(layout, progress).start(arguments(), databaseUrl);
        }
        var address = address();
        // Held to the end of this process.
        var lock = DataLock.tryTake(layout).orElseThrow(() -> alreadyRunning(layout));
        try (lock) {
            run(layout, progress, services(address, layout));
            return 0;
        }
    }

    private void check() {
        if (agents < 1 || agents > Services.AGENTS_MAX) {
            throw new Trouble.Usage("--agents takes 1 to " + Services.AGENTS_MAX);
        }
        if (masters < 1 || masters > MASTERS_MAX) {
            throw new Trouble.Usage("--masters takes 1 to " + MASTERS_MAX);
        }
        int last = masters == 1 ? agents : Services.AGENTS_MAX + masters - 1;
        if (portBase < 1 || portBase + last > PORT_MAX) {
            throw new Trouble.Usage("--port-base leaves no room below port " + PORT_MAX);
        }
        if (isAmongServices(gatewayPort)) {
            throw new Trouble.Usage("--gateway-port is another service's, or no port");
        }
        if (!isOpen && (isAmongServices(authPort) || authPort == gatewayPort)) {
            throw new Trouble.Usage("--auth-port is another service's, or no port");
        }
        // Looked at before anything is started; malformed, it throws.
        givenDatabase();
    }

    private boolean isAmongServices(int port) {
        int others = portBase + Services.AGENTS_MAX;
        boolean isOfMasterOrAgent = port >= portBase && port <= portBase + agents;
        boolean isOfOtherMaster = port > others && port < others + masters;
        return port < 1 || port > PORT_MAX || isOfMasterOrAgent || isOfOtherMaster;
    }

    private Services services(InetAddress address, Layout layout) throws InterruptedException {
        var home = Services.builtHome();
        var mode =
                isOpen ? new Mode.Open() : new Mode.Secure(authPort, layout, secrets(home, layout));
        return new Services(home, address, portBase, masters, gatewayPort, mode);
    }

    private static SecretFiles secrets(Path home, Layout layout) throws InterruptedException {
        try {
            return SecretFiles.in(layout.secrets(), Services.secretsCommand(home));
        } catch (IOException failure) {
            throw new Trouble("cannot make the secrets in " + layout.secrets(), failure);
        }
    }

    private InetAddress address() {
        try {
            var address = InetAddress.getByName(bind);
            if (isOpen && !address.isLoopbackAddress()) {
                throw new Trouble.Usage("--open goes with loopback only, and " + bind + " is not");
            }
            return address;
        } catch (UnknownHostException _) {
            throw new Trouble.Usage("--bind: unknown address " + bind);
        }
    }

    private String[] arguments() {
        var arguments = new ArrayList<String>();
        arguments.add("up");
        if (isOpen) {
            arguments.add("--open");
        }
        arguments.add("--agents=" + agents);
        arguments.add("--masters=" + masters);
        arguments.add("--port-base=" + portBase);
        arguments.add("--gateway-port=" + gatewayPort);
        arguments.add("--auth-port=" + authPort);
        arguments.add("--bind=" + bind);
        arguments.add("--data=" + data.layout().data());
        return arguments.toArray(String[]::new);
    }

    static Trouble alreadyRunning(Layout layout) {
        var who =
                RunRecord.load(layout.runFile())
                        .map(record -> " (pid " + record.launcher().pid() + ")")
                        .orElse("");
        return new Trouble(
                "already up from "
                        + layout.data()
                        + who
                        + ": see ./meseta status; stop it with ./meseta down; or choose another"
                        + " --data DIR and --port-base PORT");
    }

    private void run(Layout layout, Progress progress, Services services)
            throws InterruptedException {
        long begin = System.nanoTime();
        RunRecord.load(layout.runFile()).ifPresent(new Leftovers(layout, progress)::endChildren);
        checkPorts(services);
        var cluster = new Cluster(layout, progress, services);
        Signals.onStop(() -> stop(cluster, layout, progress), cluster::kill);
        Thread.ofVirtual().name("log rotation").start(new LogRotation(layout.logs())::run);
        try {
            start(cluster, layout, progress, services);
        } catch (Trouble trouble) {
            // Leaving stops, by the hook, what has been started.
            progress.say("the start failed: stopping what was started");
            throw trouble;
        }
        cluster.declareReady();
        announce(cluster, layout, progress, services, begin);
        Thread.ofVirtual().name("warm start").start(cluster::prepareNextStart);
        // Until a signal: the hook does the rest.
        new CountDownLatch(1).await();
    }

    private void start(Cluster cluster, Layout layout, Progress progress, Services services)
            throws InterruptedException {
        var database = startDatabase(cluster, layout, progress, services);
        var auth = startAuth(cluster, services, database);
        // Without a bundle of the last run the others could only wait, and complain.
        boolean isCrowded = isCrowded(services);
        if (isCrowded || !services.haveBundles(agents)) awaitReady(auth, progress);
        for (int number = 1; number <= masters; number++) {
            cluster.start(services.master(number, database));
        }
        // Agents look for their master by themselves.
        cluster.start(services.agent(1, layout.agent(1)));
        // Offers take one agent, which is ready once a master has it: the rest can wait for that.
        if (isCrowded) awaitReady(cluster.children(), progress);
        for (int number = 2; number <= agents; number++) {
            cluster.start(services.agent(number, layout.agent(number)));
        }
        cluster.start(services.gateway());
        awaitReady(cluster.children(), progress);
        awaitAgents(cluster, services, progress);
    }

    /// Whether services that start at once would only keep the cores from one another.
    private boolean isCrowded(Services services) {
        return Runtime.getRuntime().availableProcessors() < services.ports(agents).size();
    }

    private static List<Child> startAuth(Cluster cluster, Services services, Database database) {
        return services.mode() instanceof Mode.Secure secure
                ? List.of(cluster.start(services.auth(database, secure)))
                : List.of();
    }

    private static void awaitReady(List<Child> children, Progress progress)
            throws InterruptedException {
        for (var child : children) {
            if (child.awaitReady(Cluster.READY_LIMIT)) {
                progress.say(child.spec().name() + ": ready");
            }
        }
    }

    private Database startDatabase(
            Cluster cluster, Layout layout, Progress progress, Services services)
            throws InterruptedException {
        var given = givenDatabase();
        if (given.isPresent()) {
            var database = given.get();
            progress.say("postgres: using " + database.shown());
            if (!new Probe.DatabaseProbe(database).isReady()) {
                throw new Trouble("cannot log in to the database at " + database.shown());
            }
            return database;
        }
        var postgres = Postgres.prepare(layout, progress);
        awaitReady(List.of(cluster.start(postgres.spec())), progress);
        cluster.practise(new WarmStart(services, layout.cache(), postgres));
        return postgres.database();
    }

    private Optional<Database> givenDatabase() {
        return Optional.ofNullable(databaseUrl)
                .or(() -> Optional.ofNullable(System.getenv("MESETA_DB_URL")))
                .filter(url -> !url.isBlank())
                .map(Database::parse);
    }

    private void checkPorts(Services services) {
        for (int port : services.ports(agents)) {
            if (!Ports.isFree(services.address(), port)) {
                throw new Trouble(
                        "port "
                                + port
                                + " is taken"
                                + Ports.holder(port).map(who -> " by " + who).orElse("")
                                + ": stop that, or choose other ports with --port-base PORT,"
                                + " --gateway-port PORT and --auth-port PORT");
            }
        }
    }

    /// A ready agent may still be on its way to the master; offers need both.
    private void awaitAgents(Cluster cluster, Services services, Progress progress)
            throws InterruptedException {
        long deadline = System.nanoTime() + JOIN_LIMIT.toNanos();
        var endpoints = services.masterUrls().stream().map(Endpoint::new).toList();
        try (var master = new Master(endpoints, CALL_LIMIT, cluster.identity())) {
            while (joined(master) < agents) {
                if (System.nanoTime() > deadline) {
                    progress.say("not all agents have joined the master yet: see their logs");
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
        }
    }

    private static long joined(Master master) {
        try {
            return master.agents().getAgentsList().stream()
                    .filter(GetAgents.Agent::getActive)
                    .count();
        } catch (ClientFault _) {
            return 0;
        }
    }

    private void announce(
            Cluster cluster, Layout layout, Progress progress, Services services, long begin)
            throws InterruptedException {
        var lines = new StringBuilder();
        double seconds = (System.nanoTime() - begin) / 1e9;
        lines.append("Meseta is up (%.1f s).%n".formatted(seconds));
        for (var child : cluster.children()) {
            var spec = child.spec();
            lines.append("  %-10s %s%n".formatted(spec.name(), spec.probe().url()));
        }
        lines.append("  %-10s %s%n".formatted("logs", layout.logs()));
        lines.append("  %-10s %s%n".formatted("data", layout.data()));
        if (isOpen) {
            lines.append("  OPEN: no authentication, on loopback only.%n".formatted());
        }
        if (services.mode() instanceof Mode.Secure(_, _, var secrets)) {
            lines.append(
                    "Sign in as %s; the password is in %s%n"
                            .formatted(SecretFiles.ADMINISTRATOR, secrets.administratorPassword()));
        }
        ContainerAdvice.command()
                .ifPresent(command ->
                        lines.append(
                                "Tasks that ask for containers fail here. This would mend it: %s%n"
                                        .formatted(command)));
        lines.append("Try: ./meseta run -- sh -c 'echo hello'");
        var master =
                services.masterPort() == Master.PORT
                        ? ""
                        : " (master " + services.masterUrls().getFirst() + ")";
        progress.say(lines + master);
    }

    private static void stop(Cluster cluster, Layout layout, Progress progress) {
        try {
            cluster.stop();
            Files.deleteIfExists(layout.runFile());
            progress.say("Meseta is down.");
        } catch (IOException failure) {
            progress.say("cannot remove " + layout.runFile() + ": " + failure.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
