package io.meseta.launcher;

import io.meseta.launcher.ChildSpec.Start;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How our services are started: which jar, which flags, which configuration.
///
/// @param home where the built jars are
/// @param address what the services bind
/// @param masterPort the master's; agents follow it
/// @param isOpen without authentication, on loopback only
record Services(Path home, InetAddress address, int masterPort, boolean isOpen) {

    static final String MASTER = "master";
    private static final String HEAP_OF_A_MASTER = "-Xmx512m";
    private static final String HEAP_OF_AN_AGENT = "-Xmx256m";

    /// As Mesos has it.
    private static final int TASK_PORTS_FIRST = 31_000;

    private static final int TASK_PORTS = 100;

    /// The directory that the script has built into.
    static Path builtHome() {
        var home = System.getProperty("meseta.home", "");
        if (home.isEmpty() || !Files.isDirectory(Path.of(home))) {
            throw new Trouble("the services are not built: start with ./meseta up");
        }
        return Path.of(home);
    }

    URI masterUrl() {
        return url(masterPort);
    }

    int agentPort(int number) {
        return masterPort + number;
    }

    ChildSpec master(Database database) {
        var command = java("master-service.jar", HEAP_OF_A_MASTER, masterPort);
        var start = new Start(command, database.environment());
        return spec(MASTER, start, masterPort);
    }

    ChildSpec agent(int number, Path workDirectory) {
        int port = agentPort(number);
        var command = java("agent-service.jar", HEAP_OF_AN_AGENT, port);
        command.add("--meseta.agent.work-dir=" + workDirectory);
        command.add("--meseta.agent.masters=" + masterUrl());
        command.add("--meseta.agent.resources=" + taskPorts(number));
        return spec("agent-" + number, new Start(command, Map.of()), port);
    }

    /// Agents on one machine must not offer the same ports. An agent's share goes by its number alone:
    /// what it has may not change between its runs.
    private static String taskPorts(int number) {
        int first = TASK_PORTS_FIRST + (number - 1) * TASK_PORTS;
        return "ports(*):[" + first + "-" + (first + TASK_PORTS - 1) + "]";
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private List<String> java(String jar, String heap, int port) {
        var command = new ArrayList<String>();
        command.add(javaProgram());
        command.add(heap);
        // On few cores and small heaps it starts faster and takes less memory than the others.
        command.add("-XX:+UseSerialGC");
        // The launcher starts it again; a process that limps on without memory helps nobody.
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-jar");
        command.add(home.resolve(jar).toString());
        command.add("--server.port=" + port);
        command.add("--server.address=" + address.getHostAddress());
        if (isOpen) {
            command.add("--meseta.open=true");
        }
        return command;
    }

    private ChildSpec spec(String name, Start start, int port) {
        return new ChildSpec(name, start, port, new Probe.HttpProbe(url(port)), "TERM");
    }

    private URI url(int port) {
        var host = address.getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
}
