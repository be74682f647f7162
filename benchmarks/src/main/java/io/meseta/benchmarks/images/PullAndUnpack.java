package io.meseta.benchmarks.images;

import io.meseta.images.ImageSource;
import io.meseta.images.Images;
import io.meseta.images.ImagesSettings;
import io.meseta.images.pulls.PullPolicy;
import io.meseta.images.pulls.PullProgress.Listener;
import io.meseta.images.registry.DockerConfig;
import io.meseta.images.registry.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A 500 MB image in 8 layers from a registry on this machine: pulled and unpacked by us, and by
/// `skopeo copy` with `umoci unpack`, in turns. Prints seconds.
///
/// ```text
/// bench images [ROUNDS]
/// ```
public final class PullAndUnpack {

    private static final int LAYERS = 8;
    private static final int LAYER_BYTES = 500_000_000 / LAYERS;
    private static final int ROUNDS = 3;
    private static final Duration START_MAX = Duration.ofSeconds(20);
    private static final String IMAGE = "big:1";

    private final Path directory;
    private final String host;

    private PullAndUnpack(Path directory, String host) {
        this.directory = directory;
        this.host = host;
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        var directory = Files.createTempDirectory("meseta-images");
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var registry = start(directory, port);
        try {
            var host = "127.0.0.1:" + port;
            new BigImage(URI.create("http://" + host + "/v2/big/")).push(LAYERS, LAYER_BYTES);
            new PullAndUnpack(directory, host).compare(rounds);
        } finally {
            registry.destroy();
            registry.waitFor(10, TimeUnit.SECONDS);
            delete(directory);
        }
    }

    private static Process start(Path directory, int port) throws IOException {
        var config =
                """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %s/registry}}
                http: {addr: 127.0.0.1:%d}
                """
                        .formatted(directory, port);
        var file = Files.writeString(directory.resolve("config.yml"), config);
        var registry =
                new ProcessBuilder("docker-registry", "serve", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        long start = System.nanoTime();
        while (!listens(port)) {
            if (System.nanoTime() - start > START_MAX.toNanos()) {
                throw new IOException("the registry does not start");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return registry;
    }

    private static boolean listens(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void compare(int rounds) throws IOException, InterruptedException {
        var hasOthers = isInstalled("skopeo") && isInstalled("umoci");
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            ours.add(ours(directory.resolve("store" + round)));
            if (hasOthers) theirs.add(theirs(directory.resolve("layout" + round)));
        }
        show("pull and unpack by Meseta", ours);
        if (hasOthers) show("skopeo copy and umoci unpack", theirs);
        else show("skopeo and umoci are not installed", theirs);
    }

    private double ours(Path store) throws IOException {
        var settings = ImagesSettings.in(store).with(RegistrySettings.usual().withPlainHttp(host));
        long start = System.nanoTime();
        try (var images = Images.open(settings)) {
            var source = ImageSource.parse(host + "/" + IMAGE);
            images.pull(
                    "benchmark", source, PullPolicy.CACHED, DockerConfig.empty(), Listener.none());
        }
        double seconds = seconds(start);
        delete(store);
        return seconds;
    }

    private double theirs(Path layout) throws IOException, InterruptedException {
        long start = System.nanoTime();
        run(
                "skopeo",
                "copy",
                "--quiet",
                "--src-tls-verify=false",
                "docker://" + host + "/" + IMAGE,
                "oci:" + layout + ":1");
        run("umoci", "unpack", "--image", layout + ":1", layout + "-bundle");
        run("sync", "-f", layout.toString());
        double seconds = seconds(start);
        delete(layout);
        delete(Path.of(layout + "-bundle"));
        return seconds;
    }

    private static boolean isInstalled(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }

    private static void run(String... words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words).inheritIO().start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("failed: " + String.join(" ", words));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void show(String what, List<Double> seconds) {
        var sorted = seconds.stream().sorted().map("%.2f"::formatted).toList();
        System.out.println(what + ": " + sorted);
    }

    private static void delete(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.delete(file);
                        } catch (IOException failed) {
                            throw new UncheckedIOException(failed);
                        }
                    });
        }
    }
}
