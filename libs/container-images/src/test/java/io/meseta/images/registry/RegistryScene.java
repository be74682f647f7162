package io.meseta.images.registry;

import io.meseta.images.manifest.Descriptor;
import io.meseta.images.reference.ImageReference;
import io.meseta.testkit.FakeTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/// Two registries on loopback, a clock, and what a pull from the first of them is given.
abstract class RegistryScene {

    static final String SECRET = "s3cr3t-of-ours";
    final ScriptedRegistry registry = new ScriptedRegistry();
    final ScriptedRegistry other = new ScriptedRegistry();
    final FakeTime time = new FakeTime();
    final List<Duration> pauses = new ArrayList<>();

    RegistrySettings settings =
            RegistrySettings.usual().withPlainHttp(registry.host(), other.host());

    DockerConfig credentials = DockerConfig.empty();

    @AfterEach
    void close() {
        registry.close();
        other.close();
    }

    static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    Descriptor blob(int size) {
        var digest = registry.blob("team/app", content(size));
        return new Descriptor("", digest, size);
    }

    static byte[] content(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    ImageReference reference(String rest) {
        return ImageReference.parse(registry.host() + "/team/app" + rest);
    }

    FetchedManifest manifest(String rest) {
        try (var registries = registries()) {
            return registries.open(reference(rest), credentials).manifest();
        }
    }

    static byte[] download(Repository repository, Descriptor blob) {
        var sink = new MemorySink(blob);
        repository.download(blob, sink, _ -> {});
        return sink.bytes();
    }

    Registries registries() {
        return new Registries(settings, pauses::add, time);
    }
}
