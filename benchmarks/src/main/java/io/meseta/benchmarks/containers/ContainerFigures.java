package io.meseta.benchmarks.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// The command: `bench containers AGENT_JAR (launch | short | many) [COUNT]`. As root, where a
/// container runtime works. Prints figures.
public final class ContainerFigures {

    private static final int LAUNCHES = 100;
    private static final int SHORT = 1000;
    private static final int MANY = 500;

    /// podman takes its time.
    private static final int PODMAN_PART = 10;

    private ContainerFigures() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            System.err.println("usage: containers AGENT_JAR (launch | short | many) [COUNT]");
            System.exit(2);
        }
        var directory = Files.createTempDirectory("meseta-containers");
        var box = BoxArchive.in(directory);
        try (var agent = ContainerAgent.start(Path.of(arguments[0]), directory, box)) {
            switch (arguments[1]) {
                case "launch" ->
                        new LaunchTimes(agent)
                                .measure(count(arguments, LAUNCHES), box.root(), directory);
                case "short" -> shortOnes(agent, box, count(arguments, SHORT));
                case "many" -> new ManyAtOnce(agent).measure(count(arguments, MANY));
                default -> throw new IllegalArgumentException("no such figure: " + arguments[1]);
            }
        }
        remove(directory);
        System.exit(0);
    }

    private static int count(String[] arguments, int usual) {
        return arguments.length > 2 ? Integer.parseInt(arguments[2]) : usual;
    }

    private static void shortOnes(ContainerAgent agent, BoxArchive box, int count)
            throws IOException, InterruptedException {
        var figures = new ShortOnes(agent);
        figures.ours(Math.max(5, count / 10));
        double ours = figures.ours(count);
        var podman = Tool.find("podman");
        if (podman.isEmpty()) {
            System.out.println("podman is not installed (apt-get install podman)");
            return;
        }
        var theirs =
                ShortOnes.podman(podman.get(), box.archive(), Math.max(5, count / PODMAN_PART));
        System.out.printf(
                "%.1f times podman's rate one by one (goal: 3), %.1f times its rate 4 at a time%n",
                ours / theirs.alone(), ours / theirs.together());
    }

    private static void remove(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(path);
        }
    }
}
