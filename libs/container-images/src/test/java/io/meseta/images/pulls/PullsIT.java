package io.meseta.images.pulls;

import static io.meseta.images.Faults.refuses;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.meseta.images.ImageMaker;
import io.meseta.images.TarMaker;
import io.meseta.images.layers.UnpackOptions;
import io.meseta.images.manifest.MediaTypes;
import io.meseta.images.pulls.PullProgress.Listener;
import io.meseta.images.pulls.PullProgress.Stage;
import io.meseta.images.pulls.Pulls.Wish;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.reference.ImageReference;
import io.meseta.images.reference.Platform;
import io.meseta.images.registry.DockerConfig;
import io.meseta.images.registry.Registries;
import io.meseta.images.registry.RegistrySettings;
import io.meseta.images.registry.ScriptedRegistry;
import io.meseta.images.store.ImageStore;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PullsIT {

    @TempDir Path temporary;

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final Registries registries =
            new Registries(RegistrySettings.usual().withPlainHttp(registry.host()));
    private final CountDownLatch hold = new CountDownLatch(1);
    private ImageStore store;
    private Pulls pulls;

    @BeforeEach
    void open() {
        store = ImageStore.open(temporary.resolve("store"));
        var isRoot = System.getProperty("user.name").equals("root");
        pulls =
                new Pulls(
                        store,
                        isRoot ? UnpackOptions.forRoot() : UnpackOptions.forOthers(),
                        3,
                        Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        hold.countDown();
        pulls.close();
        registries.close();
        registry.close();
        store.close();
    }

    @Test
    void makesAnImageReadyAndTellsHowFarItIs() {
        image("one", "two").into(registry, "app", "1");
        var heard = new CopyOnWriteArrayList<PullProgress>();

        var ready = pull("me", "1", PullPolicy.CACHED, heard::add);

        assertThat(ready.layers()).hasSize(2);
        assertThat(ready.layers().getFirst().tree().resolve("one")).hasContent("one");
        assertThat(store.owners()).containsExactly("me");
        assertThat(heard.getFirst().stage()).isEqualTo(Stage.RESOLVING);
        assertThat(heard.getLast().stage()).isEqualTo(Stage.READY);
        assertThat(heard.getLast().layersDone()).isEqualTo(2);
        assertThat(heard.getLast().bytesDone())
                .isEqualTo(heard.getLast().bytesTotal())
                .isPositive();
    }

    @Test
    void asksNobodyForWhatIsHere() {
        image("one").into(registry, "app", "1");
        pull("me", "1", PullPolicy.CACHED, Listener.none());
        int asked = registry.seen().size();

        pull("you", "1", PullPolicy.CACHED, Listener.none());

        assertThat(registry.seen()).hasSize(asked);
    }

    @Test
    void asksEachTimeWhereToldToAndFetchesWhatHasChanged() {
        image("one").into(registry, "app", "1");
        pull("me", "1", PullPolicy.ALWAYS, Listener.none());
        int asked = registry.seen().size();

        pull("me", "1", PullPolicy.ALWAYS, Listener.none());
        assertThat(registry.seen()).hasSize(asked + 1);
        image("one", "two").into(registry, "app", "1");
        var ready = pull("me", "1", PullPolicy.ALWAYS, Listener.none());

        assertThat(ready.layers()).hasSize(2);
        // Look-up, manifest, configuration, and the one layer that is new.
        assertThat(registry.seen()).hasSize(asked + 1 + 4);
    }

    @Test
    void choosesThePlatformOfAList() {
        var right = image("right");
        var wrong = image("wrong").platform("windows/amd64");
        right.into(registry, "app", "a");
        wrong.into(registry, "app", "b");
        var list =
                """
                {"schemaVersion": 2, "manifests": [%s, %s]}\
                """
                        .formatted(
                                entry(wrong, "windows", "amd64"),
                                entry(right, "linux", Platform.here().architecture()));
        registry.manifest("app", "1", list, MediaTypes.OCI_INDEX);

        assertThat(pull("me", "1", PullPolicy.CACHED, Listener.none()).layers().getFirst().tree())
                .isDirectoryContaining("glob:**right");
        refuses(
                Kind.UNSUPPORTED,
                "the image is for windows/amd64",
                () -> pull("me", "b", PullPolicy.CACHED, Listener.none()));
    }

    private static String entry(ImageMaker image, String os, String architecture) {
        var text = image.manifest().getBytes(UTF_8);
        return ImageMaker.descriptor(MediaTypes.OCI_MANIFEST, text)
                .replaceFirst(
                        "}$",
                        ", \"platform\": {\"os\": \"%s\", \"architecture\": \"%s\"}}"
                                .formatted(os, architecture));
    }

    @Test
    void fetchesOnceForManyWhoWait() throws InterruptedException {
        image("one", "two", "three").into(registry, "app", "1");
        holdNextRequest();
        var ready = new CopyOnWriteArrayList<ReadyImage>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            var owner = "owner" + i;
            threads.add(
                    Thread.ofVirtual()
                            .start(() ->
                                    ready.add(
                                            pull(owner, "1", PullPolicy.CACHED, Listener.none()))));
        }
        Await.shortly().until("the first asks", () -> !registry.seen().isEmpty());
        hold.countDown();
        for (var thread : threads) thread.join();

        assertThat(ready).hasSize(8);
        assertThat(store.owners()).hasSize(8);
        // The manifest twice, since the first answer was a 503; configuration; three layers.
        assertThat(registry.seen()).hasSize(6);
    }

    @Test
    void sharesALayerBetweenTwoImages() {
        image("shared", "a").into(registry, "app", "a");
        image("shared", "b").into(registry, "app", "b");
        pull("me", "a", PullPolicy.CACHED, Listener.none());
        int asked = registry.seen().size();

        pull("me", "b", PullPolicy.CACHED, Listener.none());

        assertThat(registry.seen()).hasSize(asked + 3);
        assertThat(store.prune(Set.of()).images()).isZero();
    }

    @Test
    void stopsWhenNobodyWaitsAnyMore() throws InterruptedException {
        image("one").into(registry, "app", "1");
        holdNextRequest();
        var failed = new CopyOnWriteArrayList<Throwable>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() ->
                                    failed.add(
                                            catchThrowable(() ->
                                                    pull(
                                                            "me",
                                                            "1",
                                                            PullPolicy.CACHED,
                                                            Listener.none())))));
        }
        Await.shortly().until("it asks", () -> !registry.seen().isEmpty());

        threads.forEach(Thread::interrupt);
        for (var thread : threads) thread.join();

        assertThat(failed)
                .hasSize(2)
                .allMatch(
                        each -> each instanceof ImageFault fault && fault.kind() == Kind.CANCELLED);
        assertThat(store.owners()).isEmpty();
        hold.countDown();
        assertThat(pull("me", "1", PullPolicy.CACHED, Listener.none()).layers()).hasSize(1);
    }

    @Test
    void leavesNothingOfAnImageThatBreaks() {
        var image = image("one").layer("no archive".repeat(100).getBytes(UTF_8));
        image.into(registry, "app", "1");

        refuses(
                Kind.MALFORMED,
                "no tar archive",
                () -> pull("me", "1", PullPolicy.CACHED, Listener.none()));

        assertThat(store.images()).isEmpty();
        assertThat(store.owners()).isEmpty();
        store.prune(Set.of());
        assertThat(temporary.resolve("store/layers")).isEmptyDirectory();
    }

    private void holdNextRequest() {
        registry.fail(exchange -> {
            try {
                hold.await();
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            ScriptedRegistry.answer(exchange, 503, new byte[0]);
        });
    }

    private static ImageMaker image(String... files) {
        var image = new ImageMaker();
        for (var file : List.of(files)) image.layer(new TarMaker().file(file, file).done());
        return image;
    }

    private ReadyImage pull(String owner, String tag, PullPolicy policy, Listener listener) {
        var reference = ImageReference.parse(registry.host() + "/app:" + tag);
        var repository = registries.open(reference, DockerConfig.empty());
        return pulls.pull(
                owner,
                new Wish(reference.toString(), reference, Platform.here()),
                policy,
                repository::resolve,
                () -> RegistryImage.find(repository, Platform.here(), store),
                listener);
    }
}
