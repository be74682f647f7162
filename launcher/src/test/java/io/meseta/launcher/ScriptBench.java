package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A copy of the script with tools that only note how they are called.
abstract class ScriptBench {

    static final int LIMIT_S = 60;

    /// Says which program it is, and its arguments, one a line.
    static final String JAVA =
            """
            #!/usr/bin/env bash
            for word in "$@"; do [[ $word == *AOTCacheOutput* ]] && exit 0; done
            echo "java of $(basename "$(dirname "$(dirname "$0")")")"
            printf '<%s>\\n' "$@"
            """;

    /// Notes its arguments; makes what a build makes, and fails when told to.
    static final String MAVEN =
            """
            #!/usr/bin/env bash
            [[ $1 == -v ]] && echo "Apache Maven VERSION (x)" && exit
            printf '%s\\n' "$* [JAVA_HOME=$(basename "$JAVA_HOME")]" >>"$MAVEN_LOG"
            for word in "$@"; do
                if [[ $word == -DoutputDirectory=* ]]; then
                    new=${word#*=}/apache-maven-3.9.16/bin
                    mkdir -p "$new" && sed 's/VERSION/3.9.16/' "$0" >"$new/mvn"
                fi
            done
            [[ $* == *package* ]] && for module in auth-service master-service agent-service gateway cli launcher; do
                mkdir -p "$module/target/lib"
                printf '%s' "${UNREPEATABLE:+$PWD}" >"$module/target/$module-1.jar"
                touch "$module/target/lib/$module-lib.jar"
            done
            echo "[INFO] Building launcher 1 [13/16]"
            echo "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1"
            echo "[INFO] noise"
            echo "[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0"
            exit "${MAVEN_STATUS:-0}"
            """;

    @TempDir Path directory;

    Path root;
    Path tools;
    final Map<String, String> environment = new HashMap<>();

    record Outcome(int code, String out, String err) {}

    @BeforeEach
    void settle() throws IOException {
        root = Files.createDirectories(directory.resolve("my repository"));
        tools = Files.createDirectories(directory.resolve("tools"));
        Files.copy(RepositoryRoot.find().resolve("meseta"), root.resolve("meseta"));
        makeExecutable(root.resolve("meseta"));
        for (var module : List.of("master-service", "libs/client", "cli")) {
            Files.createDirectories(root.resolve(module).resolve("src/main/java"));
            Files.createDirectories(root.resolve(module).resolve("src/test/java/a/b"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "");
        }
        makeOld(root);
        maven("3.9.6");
        jdk("jdk-17", "17.0.1");
        jdk("jdk-25", "25.0.3");
        environment.put("MESETA_JVM_DIR", directory.resolve("jvm").toString());
        environment.put("MAVEN_LOG", directory.resolve("maven.log").toString());
        environment.put("PATH", tools + ":/usr/bin:/bin");
        environment.put("HOME", directory.toString());
        // Nothing is to be installed because of these tests.
        environment.put("MESETA_TEST_USER", "1000");
        environment.put("MESETA_POLICY_FILE", directory.resolve("policy").toString());
    }

    List<String> mavenCalls() throws IOException {
        return Files.readAllLines(directory.resolve("maven.log"));
    }

    List<String> builds() throws IOException {
        return mavenCalls().stream().filter(call -> call.contains("package")).toList();
    }

    Path jdk(String name, String version) throws IOException {
        var home = Files.createDirectories(directory.resolve("jvm").resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        for (var program : List.of("java", "javac")) {
            makeExecutable(Files.writeString(home.resolve("bin").resolve(program), JAVA));
        }
        return home;
    }

    void maven(String version) throws IOException {
        makeExecutable(Files.writeString(tools.resolve("mvn"), MAVEN.replace("VERSION", version)));
    }

    /// A directory with the tools that the script needs, and no Maven.
    Path withoutMaven() throws IOException {
        var bin = Files.createDirectories(directory.resolve("bin"));
        var names =
                "bash cat cp date dirname env find flock grep head ls mkdir mv readlink rm sed sort"
                        + " tail touch";
        for (var name : names.split(" ", -1)) {
            // Not a link: the deletion of links that lead away is warned of.
            var script =
                    "#!/bin/sh\nexec $(PATH=/usr/bin:/bin command -v %s) \"$@\"\n".formatted(name);
            makeExecutable(Files.writeString(bin.resolve(name), script));
        }
        return bin;
    }

    /// Older than any stamp, whatever the file system's resolution.
    static void makeOld(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (var path : paths.toList().reversed()) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
            }
        }
    }

    static Path makeExecutable(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static String real(Path path) throws IOException {
        return path.toRealPath().toString();
    }

    Outcome meseta(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(root.resolve("meseta").toString()));
        command.addAll(List.of(arguments));
        return run(directory, command);
    }

    Outcome run(Path from, List<String> command) throws IOException, InterruptedException {
        var out = Files.createTempFile(directory, "out", "");
        var err = Files.createTempFile(directory, "err", "");
        var builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        var process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
