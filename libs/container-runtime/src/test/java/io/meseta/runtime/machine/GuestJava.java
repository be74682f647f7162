package io.meseta.runtime.machine;

import io.meseta.runtime.host.Commands;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A small Java for the guest, and the tests with what they need.
final class GuestJava {

    static final String HOME = "/opt/java";
    static final String TESTS = "/opt/tests";

    private static final String MODULES =
            "java.base,java.instrument,java.logging,java.management,java.sql,java.xml,"
                    + "jdk.unsupported";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// One class of each place that the tests are made of; the whole class path holds a database.
    private static final List<String> NEEDED =
            List.of(
                    "io.meseta.runtime.machine.Guest",
                    "io.meseta.runtime.ContainerRuntime",
                    "io.meseta.isolation.linux.Mounts",
                    "io.meseta.testkit.Await",
                    "org.junit.jupiter.api.Test",
                    "org.junit.jupiter.params.ParameterizedTest",
                    "org.junit.jupiter.engine.JupiterTestEngine",
                    "org.junit.platform.launcher.Launcher",
                    "org.junit.platform.engine.TestEngine",
                    "org.junit.platform.commons.JUnitException",
                    "org.opentest4j.AssertionFailedError",
                    "org.assertj.core.api.Assertions",
                    "net.bytebuddy.ByteBuddy",
                    "tools.jackson.core.JsonParser",
                    "org.jspecify.annotations.NullMarked");

    private GuestJava() {}

    /// Links one from the Java that runs this, or finds the one that is there.
    static Path in(Path cache) throws IOException, InterruptedException {
        var image = cache.resolve("java-" + Runtime.version().feature());
        if (Files.isDirectory(image)) return image;
        var partial = cache.resolve("java.new-" + ProcessHandle.current().pid());
        var linked =
                Commands.run(
                        PATIENCE,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/jlink").toString(),
                                "--add-modules",
                                MODULES,
                                "--strip-debug",
                                "--no-man-pages",
                                "--no-header-files",
                                "--generate-cds-archive",
                                "--output",
                                partial.toString()));
        if (!linked.isSuccess()) throw new IOException("jlink: " + linked.output());
        return Files.move(partial, image);
    }

    /// Puts both into the guest.
    ///
    /// @return the guest's class path
    static String into(GuestFiles files, Path image) throws IOException, InterruptedException {
        files.tree(image, HOME);
        files.libraries(image.resolve("bin/java"));
        files.libraries(image.resolve("lib/server/libjvm.so"));
        files.libraries(image.resolve("lib/libnio.so"));
        var entries = new ArrayList<String>();
        for (var place : places()) {
            var target = TESTS + "/" + entries.size();
            if (Files.isDirectory(place)) {
                files.tree(place, target);
                entries.add(target);
            } else {
                files.copy(place, target + ".jar");
                entries.add(target + ".jar");
            }
        }
        return String.join(":", entries);
    }

    private static Set<Path> places() {
        var places = new LinkedHashSet<Path>();
        for (var name : NEEDED) {
            try {
                var source = Class.forName(name).getProtectionDomain().getCodeSource();
                places.add(Path.of(source.getLocation().toURI()));
            } catch (ClassNotFoundException | URISyntaxException missing) {
                throw new AssertionError(name + " is not on the class path", missing);
            }
        }
        return places;
    }
}
